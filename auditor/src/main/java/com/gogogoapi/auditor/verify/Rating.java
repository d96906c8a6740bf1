package com.gogogoapi.auditor.verify;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;

/** What tokens cost, by the auditor's own arithmetic. */
public final class Rating {

    private Rating() {}

    /** Whether charge and overrun together are exactly what this usage costs at these prices. */
    public static boolean isExactly(TokenPrices prices, TokenUsage usage, Usd charged, Usd overrun) {
        return Pico.rate(prices, usage).equals(Pico.of(charged).add(Pico.of(overrun)));
    }
}
