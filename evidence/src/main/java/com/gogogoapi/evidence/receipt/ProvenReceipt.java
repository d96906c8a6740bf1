package com.gogogoapi.evidence.receipt;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.evidence.log.LogRowJson;
import com.gogogoapi.evidence.signing.SignedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A receipt with all that is needed to check it without us.
 *
 * @param receipt the {@link Receipt}'s JSON, signed
 * @param events what the log stores of the request, oldest first
 * @param checkpoints the checkpoints that the proofs lead to
 * @param complete whether every event is proven; right after a request the next checkpoint may be still to come
 */
public record ProvenReceipt(
        SignedText receipt, List<ProvenEvent> events, List<SignedText> checkpoints, boolean complete) {

    /** A stored event and, once a checkpoint covers it, the proof that it is in it. */
    public record ProvenEvent(LogRowJson event, @Nullable Inclusion inclusion) {}

    /**
     * The way up from an event to a checkpoint's Merkle root (RFC 6962): the event is leaf number {@code sequence - first} of
     * the tree over the checkpoint's events {@code first} to {@code last}.
     *
     * @param checkpoint its number
     * @param merklePath the hashes beside the way, lowest first, in hexadecimal
     */
    public record Inclusion(
            long checkpoint, @JsonProperty("merkle_path") List<String> merklePath) {}
}
