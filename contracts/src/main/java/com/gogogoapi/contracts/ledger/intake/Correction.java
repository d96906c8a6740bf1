package com.gogogoapi.contracts.ledger.intake;

import java.util.UUID;

/**
 * What a correction makes good. The event it names stays as it is, for ever.
 *
 * @param correctedEventId the {@code ce_id} of the ledger event that was wrong
 * @param reason why, at most {@value #MAX_REASON_CHARS} characters
 */
public record Correction(UUID correctedEventId, String reason) {

    public static final int MAX_REASON_CHARS = 500;

    /** @throws IllegalArgumentException if the reason is blank or too long */
    public Correction {
        checkReason(reason);
    }

    static void checkReason(String reason) {
        if (reason.isBlank() || reason.length() > MAX_REASON_CHARS) {
            throw new IllegalArgumentException("The reason must have 1 to " + MAX_REASON_CHARS + " characters.");
        }
    }
}
