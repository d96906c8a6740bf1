package com.gogogoapi.contracts.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.contracts.messaging.InstantText;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The shard went on behind a gap of its intake: what was acknowledged there and not decided is lost.
 *
 * @param expectedOffset of the record that was to be read next
 * @param firstOffset of the one that is read instead
 * @param signature the operator's; absent only before the shard's intake was authenticated
 */
public record IntakeGapAccepted(
        AccountId accountId,
        UUID requestId,
        long expectedOffset,
        long firstOffset,
        String acceptedBy,
        String reason,
        Instant decidedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OrderSignature signature)
        implements InstallationEvent {

    /** Names one acceptance. */
    public static UUID requestIdOf(AccountId installation, long expectedOffset, Instant at) {
        return TimeOrderedIds.named(
                "intake-gap", installation.value(), Long.toString(expectedOffset), InstantText.write(at));
    }
}
