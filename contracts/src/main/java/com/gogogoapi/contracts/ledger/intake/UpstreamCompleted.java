package com.gogogoapi.contracts.ledger.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.pricing.TokenUsage;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The end of a request at the upstream, however it ended.
 *
 * @param outcome how it ended, which is the rule that decides the charge
 * @param usage the tokens to charge; null where nothing is to be charged. A usage of explicit zeros is a usage.
 * @param usageEstimated whether the usage was counted by us because the upstream did not state it
 * @param upstreamRequestId the upstream's own id of the completion, where it gave one
 * @param reasoningTokens how many of the usage's completion tokens were reasoning, for information; null where it did not say
 */
public record UpstreamCompleted(
        AccountId accountId,
        UUID requestId,
        Outcome outcome,
        @Nullable TokenUsage usage,
        boolean usageEstimated,
        @Nullable String upstreamRequestId,
        Instant completedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long reasoningTokens)
        implements CreditIntake {

    /**
     * @throws IllegalArgumentException if a usage is given for an outcome that is free, or missing for one that is not, or if
     *     more of it is reasoning than completion
     */
    public UpstreamCompleted {
        if (outcome.isCharged() != (usage != null)) {
            throw new IllegalArgumentException("The outcome " + outcome
                    + (outcome.isCharged() ? " must come with a usage." : " must come without a usage."));
        }
        if (reasoningTokens != null
                && (usage == null || reasoningTokens < 0 || reasoningTokens > usage.completionTokens())) {
            throw new IllegalArgumentException("reasoningTokens must be a part of a usage's completion tokens.");
        }
    }
}
