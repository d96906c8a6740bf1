package com.gogogoapi.ledger.trust;

import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.IntakeAuthenticated;
import com.gogogoapi.contracts.ledger.IntakeReplaced;
import com.gogogoapi.contracts.ledger.SigningKeyRevoked;
import com.gogogoapi.contracts.ledger.SigningKeyTrusted;
import com.gogogoapi.contracts.ledger.intake.InstallationIntake;
import com.gogogoapi.contracts.ledger.intake.IntakeAuthenticationRequested;
import com.gogogoapi.contracts.ledger.intake.IntakeReplacementRequested;
import com.gogogoapi.contracts.ledger.intake.SigningKeyRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.SigningKeyTrustRequested;
import com.gogogoapi.evidence.signing.VerifyingKey;
import java.time.Instant;
import java.util.Optional;

/** What comes of a believed record about the installation itself. Pure, as the decisions on credit are. */
public final class InstallationDecisions {

    private InstallationDecisions() {}

    /**
     * The event; none where it would change nothing.
     *
     * @param offset of the record
     * @param at the broker's time of it
     */
    public static Optional<InstallationEvent> decide(
            ShardTrust trust, InstallationIntake asked, long offset, Instant at) {
        return switch (asked) {
            case IntakeAuthenticationRequested mark ->
                trust.authenticated()
                        ? Optional.empty()
                        : Optional.of(new IntakeAuthenticated(mark.accountId(), mark.requestId(), offset, at));
            case SigningKeyTrustRequested key ->
                isNew(trust, key) ? Optional.of(SigningKeyTrusted.of(key, at)) : Optional.empty();
            case SigningKeyRevocationRequested key ->
                trust.trusted(key.key()) == null ? Optional.empty() : Optional.of(SigningKeyRevoked.of(key, at));
            case IntakeReplacementRequested replaced ->
                trust.topics().contains(replaced.requestId())
                        ? Optional.empty()
                        : Optional.of(IntakeReplaced.of(replaced, at));
        };
    }

    /** A key that was revoked is never trusted again. */
    private static boolean isNew(ShardTrust trust, SigningKeyTrustRequested asked) {
        try {
            return trust.keys().size() < ShardTrust.MAX_KEYS
                    && !trust.keys()
                            .containsKey(VerifyingKey.parse(asked.publicKey()).id());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
