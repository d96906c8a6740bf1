package com.gogogoapi.contracts.ledger.intake;

import com.gogogoapi.contracts.identity.AccountId;
import java.time.Instant;

/**
 * An operator wants a parked account to go on: its parked records are decided again, in their order.
 *
 * @param offset of the record on {@code ledger-intake} that the account is parked at; another one than the account's
 *     first is a misunderstanding, and the request is ignored
 * @param action what becomes of that first record: decided again, or given up for good
 * @param requestedBy who, at most {@value #MAX_TEXT_CHARS} characters
 * @param reason why, at most {@value #MAX_TEXT_CHARS} characters; kept with the record
 */
public record ParkedResumeRequested(
        AccountId accountId, long offset, Action action, String requestedBy, String reason, Instant requestedAt)
        implements LedgerIntake {

    public static final int MAX_TEXT_CHARS = 500;

    /** What becomes of the first parked record. */
    public enum Action {
        RETRY,
        SKIP
    }

    /** @throws IllegalArgumentException if who or why is blank or too long */
    public ParkedResumeRequested {
        requireText("requestedBy", requestedBy);
        requireText("reason", reason);
    }

    private static void requireText(String name, String text) {
        if (text.isBlank() || text.length() > MAX_TEXT_CHARS) {
            throw new IllegalArgumentException(name + " must have 1 to " + MAX_TEXT_CHARS + " characters.");
        }
    }
}
