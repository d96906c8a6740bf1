package com.gogogoapi.evidence.checkpoint;

import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.evidence.books.TrialBalance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the ledger commits itself to at one moment: how far each shard's log reaches, what it says, and what the books add
 * up to. Its JSON is signed; each names the one before, so whoever holds one holds all before it.
 *
 * @param format always {@link #FORMAT}
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

    public static final String FORMAT = "gogogoapi-checkpoint-v1";
    public static final String NONE = "";

    /** @throws IllegalArgumentException if it is of another format */
    public Checkpoint {
        if (!format.equals(FORMAT)) {
            throw new IllegalArgumentException("not a " + FORMAT);
        }
        shards = List.copyOf(shards);
    }

    /**
     * One shard's part.
     *
     * @param first the first sequence number that is new in this checkpoint
     * @param last the last one; below {@code first} if nothing is new
     * @param head the hash chain's head after {@code last}, in hexadecimal
     * @param root the Merkle root over the events {@code first} to {@code last}, in hexadecimal
     * @param books what all the shard's events until {@code last} add up to
     */
    public record ShardCheckpoint(int shard, long first, long last, String head, String root, TrialBalance books) {}

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
