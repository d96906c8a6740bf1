package com.gogogoapi.contracts.ledger.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key by which orders may no longer be signed in a shard; it can never be trusted there again.
 *
 * @param key its id
 * @param revokedBy who says so
 */
public record SigningKeyRevocationRequested(
        AccountId accountId,
        String key,
        String revokedBy,
        String reason,
        Instant requestedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OrderSignature signature)
        implements InstallationIntake {

    /** @throws IllegalArgumentException if a text is blank or too long */
    public SigningKeyRevocationRequested {
        ParkedResumeRequested.requireText("key", key, OrderSignature.KEY_CHARS);
        ParkedResumeRequested.requireText("revokedBy", revokedBy, ParkedResumeRequested.MAX_TEXT_CHARS);
        ParkedResumeRequested.requireText("reason", reason, ParkedResumeRequested.MAX_TEXT_CHARS);
    }

    @Override
    public UUID requestId() {
        return TimeOrderedIds.named("revoke-key", accountId.value(), key);
    }

    public String text(Instant at) {
        return OrderText.of(this, at);
    }

    public SigningKeyRevocationRequested signed(OrderSignature by) {
        return new SigningKeyRevocationRequested(accountId, key, revokedBy, reason, requestedAt, by);
    }
}
