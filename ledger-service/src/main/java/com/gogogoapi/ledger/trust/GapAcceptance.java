package com.gogogoapi.ledger.trust;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.contracts.ledger.IntakeGapAccepted;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operator's word that a shard may go on behind a gap of its intake. It comes by no record: a shard that stopped reads none.
 *
 * @param expectedOffset of the record that was to be read next
 */
public record GapAcceptance(
        int shard, long expectedOffset, String acceptedBy, String reason, Instant at, OrderSignature signature) {

    AccountId installation() {
        return InstallationAccount.of(shard);
    }

    public UUID requestId() {
        return IntakeGapAccepted.requestIdOf(installation(), expectedOffset, at);
    }

    /** What is wrong with it; null if nothing is, or if the shard does not ask for signatures yet. */
    public @Nullable String fault(ShardTrust trust) {
        return trust.authenticated()
                ? Orders.faultOfGap(installation(), requestId(), expectedOffset, acceptedBy, reason, signature, trust)
                : null;
    }

    /** @param firstOffset of the record that is read next instead */
    public IntakeGapAccepted event(long firstOffset, ShardTrust trust) {
        return new IntakeGapAccepted(
                installation(),
                requestId(),
                expectedOffset,
                firstOffset,
                acceptedBy,
                reason,
                at,
                trust.authenticated() ? signature : null);
    }
}
