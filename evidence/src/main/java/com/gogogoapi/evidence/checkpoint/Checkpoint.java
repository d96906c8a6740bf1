package com.gogogoapi.evidence.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.evidence.books.TrialBalance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger commits itself to at one moment: how far each shard's log reaches, what it says, and what the books add
 * up to. Its JSON is signed; each names the one before, so whoever holds one holds all before it.
 *
 * @param format {@link #FORMAT}, or {@link #FIRST_FORMAT}
 * @param number from 1, without gaps
 * @param previous the SHA-256 of the payload before it, in hexadecimal; {@link #NONE} of the first
 * @param key which key signs it
 * @param shards every shard that has a log, by number
 * @param trialBalance what the shards' books add up to
 */
public record Checkpoint(
        String format,
        long number,
        String previous,
        Instant at,
        String key,
        List<ShardCheckpoint> shards,
        TrialBalance trialBalance) {

    /** Says of each shard where its chain's second era begins. */
    public static final String FORMAT = "gogogoapi-checkpoint-v2";

    /** Of logs whose chains were in their first era only, so that there was nothing to say. */
    public static final String FIRST_FORMAT = "gogogoapi-checkpoint-v1";

    public static final String NONE = "";

    /** @throws IllegalArgumentException if it is of another format, or does not say what its format says */
    public Checkpoint {
        if (!format.equals(FORMAT) && !format.equals(FIRST_FORMAT)) {
            throw new IllegalArgumentException(
                    "The format must be " + FORMAT + " or " + FIRST_FORMAT + ", not " + format + ".");
        }
        shards = List.copyOf(shards);
        for (var part : shards) {
            if ((part.perEventAfter() != null) != format.equals(FORMAT)) {
                throw new IllegalArgumentException("Every shard of a " + FORMAT + ", and none of a " + FIRST_FORMAT
                        + ", must say where its chain's links begin to be of one event.");
            }
        }
    }

    /**
     * One shard's part.
     *
     * @param first the first sequence number that is new in this checkpoint
     * @param last the last one; below {@code first} if nothing is new
     * @param head the hash chain's head after {@code last}, in hexadecimal
     * @param root the Merkle root over the events {@code first} to {@code last}, in hexadecimal
     * @param books what all the shard's events until {@code last} add up to
     * @param perEventAfter the chain's mark, as of {@link com.gogogoapi.evidence.log.Chain}; null in the first format
     */
    public record ShardCheckpoint(
            int shard,
            long first,
            long last,
            String head,
            String root,
            TrialBalance books,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long perEventAfter) {}

    public Optional<ShardCheckpoint> of(int shard) {
        return shards.stream().filter(part -> part.shard() == shard).findFirst();
    }

    public String payload() {
        return EventJson.mapper().writeValueAsString(this);
    }

    /** @throws tools.jackson.core.JacksonException if it is none */
    public static Checkpoint parse(String payload) {
        return EventJson.mapper().readValue(payload, Checkpoint.class);
    }
}
