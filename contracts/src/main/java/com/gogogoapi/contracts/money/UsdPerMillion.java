package com.gogogoapi.contracts.money;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;

/**
 * A unit price: US dollars per one million tokens, zero or more, at most six decimals and at most 1,000,000.
 *
 * <p>Its JSON is the canonical decimal string, as for {@link Usd}.
 */
public record UsdPerMillion(BigDecimal price) {

    /** Most decimals a price can have; with it a cost is exact at twelve. */
    public static final int MAX_DECIMALS = 6;

    /** The highest price accepted, in USD per million tokens: a dollar a token, above which is a mistyped figure. */
    public static final BigDecimal MAX_PRICE = BigDecimal.valueOf(1_000_000);

    private static final int MAX_INTEGER_DIGITS = 7;

    /** @throws ArithmeticException if the price has more than six significant decimals
     *  @throws IllegalArgumentException if it is negative or above {@link #MAX_PRICE} */
    public UsdPerMillion {
        price = Usd.canonical(price, MAX_DECIMALS);
        if (price.signum() < 0 || price.compareTo(MAX_PRICE) > 0) {
            throw new IllegalArgumentException("The price must be from 0 to 1,000,000 USD per million tokens.");
        }
    }

    /**
     * Reads a plain decimal such as {@code 0.14}.
     *
     * @throws IllegalArgumentException if the text is not a plain decimal in range
     * @throws ArithmeticException if it has more than six significant decimals
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static UsdPerMillion parse(String text) {
        if (!Usd.isPlainDecimal(text, MAX_INTEGER_DIGITS)) {
            throw new IllegalArgumentException(
                    "The price must be a plain decimal in USD per million tokens with at most 6 decimals.");
        }
        return new UsdPerMillion(new BigDecimal(text));
    }

    /** What so many tokens cost: {@code tokens × price ÷ 1,000,000}, exact. */
    public Usd costOf(long tokens) {
        return new Usd(price.multiply(BigDecimal.valueOf(tokens)).scaleByPowerOfTen(-6));
    }

    public boolean isAbove(UsdPerMillion other) {
        return price.compareTo(other.price) > 0;
    }

    /** How many whole tokens this much credit buys, at most {@code ceiling}; at price zero the ceiling itself. */
    public long tokensAffordableWith(Usd credit, long ceiling) {
        if (!credit.isPositive()) {
            return price.signum() == 0 ? ceiling : 0;
        }
        if (price.signum() == 0) {
            return ceiling;
        }
        var tokens = credit.amount().scaleByPowerOfTen(6).divideToIntegralValue(price);
        return tokens.compareTo(BigDecimal.valueOf(ceiling)) >= 0 ? ceiling : tokens.longValueExact();
    }

    @Override
    @JsonValue
    public String toString() {
        return price.toPlainString();
    }
}
