package com.gogogoapi.contracts.ledger.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.contracts.ledger.order.SigningRole;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key by which orders may be signed in a shard.
 *
 * @param name whose it is, 1 to {@value #MAX_NAME_CHARS} characters
 * @param publicKey Ed25519, its X.509 encoding in Base64
 * @param trustedBy who says so
 * @param signature of a key that may say so; absent where the ledger's own configuration names the key, which is then the
 *     ledger's own record
 */
public record SigningKeyTrustRequested(
        AccountId accountId,
        String name,
        String publicKey,
        List<SigningRole> roles,
        String trustedBy,
        String reason,
        Instant requestedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OrderSignature signature)
        implements InstallationIntake {

    public static final int MAX_NAME_CHARS = 100;

    /** @throws IllegalArgumentException if a text is blank or too long, or there is no role */
    public SigningKeyTrustRequested {
        roles = List.copyOf(roles);
        ParkedResumeRequested.requireText("name", name, MAX_NAME_CHARS);
        ParkedResumeRequested.requireText("publicKey", publicKey, MAX_NAME_CHARS);
        ParkedResumeRequested.requireText("trustedBy", trustedBy, ParkedResumeRequested.MAX_TEXT_CHARS);
        ParkedResumeRequested.requireText("reason", reason, ParkedResumeRequested.MAX_TEXT_CHARS);
        if (roles.isEmpty() || roles.size() > SigningRole.values().length) {
            throw new IllegalArgumentException("A signing key must have a role, and each once.");
        }
    }

    @Override
    public UUID requestId() {
        return TimeOrderedIds.named("trust-key", accountId.value(), publicKey);
    }

    public String text(Instant at) {
        return OrderText.of(this, at);
    }

    public SigningKeyTrustRequested signed(OrderSignature by) {
        return new SigningKeyTrustRequested(accountId, name, publicKey, roles, trustedBy, reason, requestedAt, by);
    }
}
