package com.gogogoapi.contracts.ledger.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.contracts.messaging.InstantText;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operator wants a parked account to go on: its parked records are decided again, in their order.
 *
 * @param offset of the record on {@code ledger-intake} that the account is parked at; another one than the account's
 *     first is a misunderstanding, and the request is ignored
 * @param action what becomes of that first record: decided again, or given up for good
 * @param requestedBy who, at most {@value #MAX_TEXT_CHARS} characters
 * @param reason why, at most {@value #MAX_TEXT_CHARS} characters; kept with the record
 * @param signature whose order it is; absent in older records, and where the ledger goes on with an order in parts
 */
public record ParkedResumeRequested(
        AccountId accountId,
        long offset,
        Action action,
        String requestedBy,
        String reason,
        Instant requestedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OrderSignature signature)
        implements LedgerIntake {

    public static final int MAX_TEXT_CHARS = 500;

    /** What becomes of the first parked record. */
    public enum Action {
        RETRY,
        SKIP
    }

    /** @throws IllegalArgumentException if who or why is blank or too long */
    public ParkedResumeRequested {
        requireText("requestedBy", requestedBy, MAX_TEXT_CHARS);
        requireText("reason", reason, MAX_TEXT_CHARS);
    }

    static void requireText(String name, String text, int maxChars) {
        if (text.isBlank() || text.length() > maxChars) {
            throw new IllegalArgumentException(name + " must have 1 to " + maxChars + " characters.");
        }
    }

    /** Names this order: the same twice is one. */
    public UUID requestId() {
        return TimeOrderedIds.named(
                "resume", accountId.value(), Long.toString(offset), action.name(), InstantText.write(requestedAt));
    }

    /** What is to be signed. */
    public String text(Instant at) {
        return OrderText.of(this, at);
    }

    /** The same as somebody's order; null takes a signature away. */
    public ParkedResumeRequested signed(@Nullable OrderSignature by) {
        return new ParkedResumeRequested(accountId, offset, action, requestedBy, reason, requestedAt, by);
    }
}
