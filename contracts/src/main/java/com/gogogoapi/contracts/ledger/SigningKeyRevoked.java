package com.gogogoapi.contracts.ledger;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.SigningKeyRevocationRequested;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Orders signed by this key are no longer obeyed; those obeyed before stay.
 *
 * @param key its id
 * @param signature of a key that may say so; any that may can take back any, itself included
 */
public record SigningKeyRevoked(
        AccountId accountId,
        UUID requestId,
        String key,
        String revokedBy,
        String reason,
        Instant decidedAt,
        OrderSignature signature)
        implements InstallationEvent {

    public static SigningKeyRevoked of(SigningKeyRevocationRequested revocation, Instant decidedAt) {
        return new SigningKeyRevoked(
                revocation.accountId(),
                revocation.requestId(),
                revocation.key(),
                revocation.revokedBy(),
                revocation.reason(),
                decidedAt,
                Objects.requireNonNull(revocation.signature()));
    }
}
