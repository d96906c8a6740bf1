package com.gogogoapi.proxy.execution;

import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.outcome.OutcomeRule.Delivered;
import com.gogogoapi.proxy.outcome.OutcomeRule.StatedUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of an answer: all that settling needs to know of it.
 *
 * @param upstreamRequestId the upstream's own name for it
 * @param usage the last that the upstream stated
 * @param reasoningTokens how many of its completion tokens were reasoning; null where the upstream did not say
 */
public record Served(
        @Nullable String upstreamRequestId,
        Optional<TokenUsage> usage,
        @Nullable Long reasoningTokens,
        DeliveredText text) {

    /** Of an answer in one piece. */
    public static Served of(@Nullable String upstreamRequestId, Optional<UpstreamUsage> usage, DeliveredText text) {
        var stated = usage.orElse(null);
        return new Served(
                upstreamRequestId,
                usage.map(UpstreamUsage::tokens),
                stated == null ? null : stated.reasoningTokens(),
                text);
    }

    static Served nothing() {
        return new Served(null, Optional.empty(), null, new DeliveredText());
    }

    Delivered delivered() {
        return text.isEmpty() ? Delivered.NOTHING : Delivered.SOMETHING;
    }

    StatedUsage statedUsage() {
        return usage.isPresent() ? StatedUsage.STATED : StatedUsage.NONE;
    }
}
