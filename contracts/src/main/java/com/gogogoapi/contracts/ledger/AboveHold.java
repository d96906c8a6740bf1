package com.gogogoapi.contracts.ledger;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;

/**
 * What an upstream stated beyond what a hold allows to be charged. Nobody pays it.
 *
 * @param statedUsage as the upstream stated it
 * @param usd what {@code statedUsage} costs more than the usage that was charged
 */
public record AboveHold(TokenUsage statedUsage, Usd usd) {

    public static AboveHold of(TokenUsage stated, TokenUsage charged, TokenPrices prices) {
        return new AboveHold(stated, prices.costOf(stated).minus(prices.costOf(charged)));
    }
}
