package com.gogogoapi.funding.settings;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Payments by signed authorisations ({@code gogogoapi.funding.x402.*}). Without a settler's key and without a facilitator there are none.
 *
 * @param minimum the least that is offered and taken, in USD; offers are whole multiples of it
 * @param pack the larger amount that is offered beside it
 * @param maximum the most that is taken at once
 * @param validFor how long an offer says that there is time to pay
 * @param answerWithin how long who pays is kept waiting before he is told that it is still under way
 * @param earlyCreditPerDay how much of an account's payments is credited within 24 hours before it is final, in USD
 * @param earlyCreditConfirmations how many blocks, its own included, a payment has to be in for that
 */
public record X402Settings(
        @DefaultValue("1.00") BigDecimal minimum,
        @DefaultValue("10.00") BigDecimal pack,
        @DefaultValue("1000.00") BigDecimal maximum,
        @DefaultValue("5m") Duration validFor,
        @DefaultValue("20s") Duration answerWithin,
        @DefaultValue("0") BigDecimal earlyCreditPerDay,
        @DefaultValue("1") int earlyCreditConfirmations,
        @DefaultValue Settler settler,
        @DefaultValue Facilitator facilitator) {

    private static final Duration LONGEST_VALIDITY = Duration.ofHours(1);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(35);
    private static final int MOST_CONFIRMATIONS = 10_000;

    /**
     * Our own: a key that has some of a chain's coin and pays for gas with it, and nothing else of value.
     *
     * @param privateKey 32 bytes in hexadecimal
     * @param maxFeePerGas the most that is paid for gas, in wei
     * @param maxSpendPerDay the most that may be spent in 24 hours, at worst, in the chain's coin
     * @param bumpAfter when one that is in no block is sent again for a higher fee
     */
    public record Settler(
            @Nullable String privateKey,
            @DefaultValue("100000000000") BigDecimal maxFeePerGas,
            @DefaultValue("0.01") BigDecimal maxSpendPerDay,
            @DefaultValue("30s") Duration bumpAfter) {

        public Settler {
            requirePositive("settler.max-fee-per-gas", maxFeePerGas);
            requirePositive("settler.max-spend-per-day", maxSpendPerDay);
            FundingProperties.requireAboveZero("x402.settler.bump-after", bumpAfter);
        }

        @Override
        public String toString() {
            return "Settler[maxFeePerGas=" + maxFeePerGas + "]";
        }
    }

    /** Somebody else who settles. @param url to which {@code /verify} and {@code /settle} are added */
    public record Facilitator(
            @Nullable URI url,
            @Nullable String bearerToken,
            @DefaultValue("15s") Duration timeout) {

        public Facilitator {
            FundingProperties.requireAboveZero("x402.facilitator.timeout", timeout);
        }

        @Override
        public String toString() {
            return "Facilitator[url=" + url + "]";
        }
    }

    public X402Settings {
        requirePositive("minimum", minimum);
        require(pack.compareTo(minimum) >= 0, "pack", "must be the minimum or more.");
        require(maximum.compareTo(pack) >= 0, "maximum", "must be the pack or more.");
        require(minimum.scale() <= 2 && pack.scale() <= 2 && maximum.scale() <= 2, "minimum", "must be whole cents.");
        require(earlyCreditPerDay.signum() >= 0, "early-credit-per-day", "must be 0 or more.");
        require(
                earlyCreditConfirmations >= 1 && earlyCreditConfirmations <= MOST_CONFIRMATIONS,
                "early-credit-confirmations",
                "must be from 1 to " + MOST_CONFIRMATIONS + ".");
        FundingProperties.requireAboveZero("x402.valid-for", validFor);
        require(validFor.compareTo(LONGEST_VALIDITY) <= 0, "valid-for", "must be an hour or less.");
        FundingProperties.requireAboveZero("x402.answer-within", answerWithin);
        require(answerWithin.compareTo(LONGEST_ANSWER) <= 0, "answer-within", "must be 35 seconds or less.");
        require(
                settler.privateKey() == null || settler.privateKey().isBlank() || facilitator.url() == null,
                "facilitator.url",
                "must not be given beside a settler's key.");
    }

    /** Whether anybody settles. */
    public boolean isOn() {
        return settlesItself() || facilitator.url() != null;
    }

    public boolean settlesItself() {
        return settler.privateKey() != null && !settler.privateKey().isBlank();
    }

    private static void requirePositive(String name, BigDecimal number) {
        require(number.signum() > 0, name, "must be above zero.");
    }

    private static void require(boolean met, String name, String must) {
        if (!met) {
            throw new IllegalArgumentException("gogogoapi.funding.x402." + name + " " + must);
        }
    }
}
