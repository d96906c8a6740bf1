package com.gogogoapi.contracts.money;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An exact amount of US dollars, at most twelve decimals, never rounded.
 *
 * <p>Twelve decimals are enough for every cost: a price has at most six, and a cost is {@code tokens × price ÷
 * 1,000,000}. Operations that would need more throw {@link ArithmeticException} instead of rounding. The canonical text,
 * which is also its JSON (a string), has at least two decimals and no further trailing zero: {@code 5.00}, {@code
 * 0.00007336}. An amount may be negative; whoever forbids that checks {@link #isNegative()}.
 */
public final class Usd implements Comparable<Usd> {

    /** Most decimals an amount can have. */
    public static final int MAX_DECIMALS = 12;

    /** Most digits before the decimal point: far above the world's money, and a bound on what a caller can send. */
    public static final int MAX_INTEGER_DIGITS = 24;

    public static final Usd ZERO = new Usd(BigDecimal.ZERO);

    private final BigDecimal amount;

    /** Written at most once and then shared: most amounts of an event are those of the event before it. */
    private @Nullable String text;

    /** @throws ArithmeticException if the amount has more than twelve significant decimals or 24 integer digits */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED)
    public Usd(BigDecimal value) {
        amount = canonical(value, MAX_DECIMALS);
        if (amount.precision() - amount.scale() > MAX_INTEGER_DIGITS) {
            throw new ArithmeticException(
                    "An amount must have at most " + MAX_INTEGER_DIGITS + " digits before the decimal point.");
        }
    }

    /**
     * Reads a plain decimal such as {@code 5}, {@code 5.00} or {@code 0.00007336}; no exponent, no sign but minus.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Usd parse(String text) {
        if (!isPlainDecimal(text.startsWith("-") ? text.substring(1) : text, MAX_INTEGER_DIGITS)) {
            throw new IllegalArgumentException("The amount must be a plain decimal in USD with at most 12 decimals.");
        }
        return new Usd(new BigDecimal(text));
    }

    /**
     * Whether it is digits, perhaps a point and at most twelve digits more; every amount and every price of every event
     * passes here.
     */
    static boolean isPlainDecimal(String text, int maxIntegerDigits) {
        var point = text.indexOf('.');
        var end = point < 0 ? text.length() : point;
        return areDigits(text, 0, end, maxIntegerDigits)
                && (point < 0 || areDigits(text, point + 1, text.length(), MAX_DECIMALS));
    }

    private static boolean areDigits(String text, int from, int to, int most) {
        if (to <= from || to - from > most) {
            return false;
        }
        for (var i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Short for {@link #parse}, for literals in code. */
    public static Usd usd(String text) {
        return parse(text);
    }

    static BigDecimal canonical(BigDecimal value, int maxDecimals) {
        var scale = value.scale();
        if (scale == 2) {
            return value;
        }
        if (scale < 2) {
            return value.setScale(2);
        }
        var stripped = value.stripTrailingZeros();
        if (stripped.scale() > maxDecimals) {
            throw new ArithmeticException(
                    "There must be at most " + maxDecimals + " decimals: nothing is ever rounded.");
        }
        return stripped.scale() < 2 ? stripped.setScale(2) : stripped;
    }

    /** The amount itself, in canonical scale. */
    public BigDecimal amount() {
        return amount;
    }

    public Usd plus(Usd other) {
        return other.isZero() ? this : new Usd(amount.add(other.amount));
    }

    public Usd minus(Usd other) {
        return other.isZero() ? this : new Usd(amount.subtract(other.amount));
    }

    public Usd min(Usd other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Usd max(Usd other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    public boolean isPositive() {
        return amount.signum() > 0;
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    public boolean isLessThan(Usd other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Usd other) {
        return amount.compareTo(other.amount);
    }

    /** The canonical plain decimal, for example {@code 0.00007336}. */
    @Override
    @JsonValue
    public String toString() {
        var written = text;
        if (written == null) {
            written = amount.toPlainString();
            text = written;
        }
        return written;
    }

    /** Canonical amounts that are equal are equal in scale too. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Usd usd && amount.equals(usd.amount);
    }

    @Override
    public int hashCode() {
        return amount.hashCode();
    }
}
