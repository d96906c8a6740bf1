package com.gogogoapi.auditor.verify;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The auditor's own arithmetic: whole numbers of picodollars. Amounts have at most twelve decimals, prices at most six per
 * million tokens, so a token's price is a whole number of picodollars and nothing is ever divided.
 */
final class Pico {

    private static final int AMOUNT_DECIMALS = 12;
    private static final int PRICE_DECIMALS = 6;

    private Pico() {}

    static BigInteger of(Usd amount) {
        var value = amount.amount();
        return value.unscaledValue().multiply(BigInteger.TEN.pow(AMOUNT_DECIMALS - value.scale()));
    }

    /** What one token costs. */
    private static BigInteger perToken(UsdPerMillion price) {
        var value = price.price();
        return value.unscaledValue().multiply(BigInteger.TEN.pow(PRICE_DECIMALS - value.scale()));
    }

    /** What a usage costs: each class of tokens at its own price. */
    static BigInteger rate(TokenPrices prices, TokenUsage usage) {
        var uncached =
                BigInteger.valueOf(usage.promptTokens()).subtract(BigInteger.valueOf(usage.cachedPromptTokens()));
        return uncached.multiply(perToken(prices.input()))
                .add(BigInteger.valueOf(usage.cachedPromptTokens()).multiply(perToken(prices.cachedInput())))
                .add(BigInteger.valueOf(usage.completionTokens()).multiply(perToken(prices.output())));
    }

    /** The most a request can cost: its whole prompt uncached and every completion token it may have. */
    static BigInteger rate(TokenPrices prices, long promptTokens, long completionTokens) {
        return BigInteger.valueOf(promptTokens)
                .multiply(perToken(prices.input()))
                .add(BigInteger.valueOf(completionTokens).multiply(perToken(prices.output())));
    }

    /** The canonical decimal in dollars. */
    static String text(BigInteger pico) {
        return usd(pico).toString();
    }

    static Usd usd(BigInteger pico) {
        return new Usd(new BigDecimal(pico, AMOUNT_DECIMALS));
    }
}
