package com.gogogoapi.usage.rollup;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.RequestedBy;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one event says was used.
 *
 * @param at when it was decided
 * @param requests 1 for the event that ended a hold, 0 for a charge that came after it
 * @param by whose request it was; null where that is not known
 * @param usage null where nothing was charged
 * @param reasoningTokens of the completion's, as far as the upstream said
 * @param sequence the event
 */
public record Use(
        AccountId account,
        Instant at,
        int requests,
        @Nullable RequestedBy by,
        String model,
        Outcome rule,
        @Nullable TokenUsage usage,
        long reasoningTokens,
        Usd charged,
        Usd refunded,
        Usd writtenOff,
        long sequence) {}
