package com.gogogoapi.contracts.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.SigningKeyTrustRequested;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.contracts.ledger.order.SigningRole;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Orders signed by this key are obeyed from here on, within its roles.
 *
 * @param name whose it is, such as {@code operator}
 * @param publicKey Ed25519, its X.509 encoding in Base64
 * @param trustedBy who said so
 * @param signature of a key that may say so; absent where the ledger's own configuration names the key
 */
public record SigningKeyTrusted(
        AccountId accountId,
        UUID requestId,
        String name,
        String publicKey,
        List<SigningRole> roles,
        String trustedBy,
        String reason,
        Instant decidedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OrderSignature signature)
        implements InstallationEvent {

    public SigningKeyTrusted {
        roles = List.copyOf(roles);
    }

    public static SigningKeyTrusted of(SigningKeyTrustRequested trust, Instant decidedAt) {
        return new SigningKeyTrusted(
                trust.accountId(),
                trust.requestId(),
                trust.name(),
                trust.publicKey(),
                trust.roles(),
                trust.trustedBy(),
                trust.reason(),
                decidedAt,
                trust.signature());
    }
}
