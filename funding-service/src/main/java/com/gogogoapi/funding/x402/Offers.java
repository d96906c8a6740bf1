package com.gogogoapi.funding.x402;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.chains.Token;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.settings.FundingProperties;
import com.gogogoapi.funding.settings.X402Settings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What an account can be paid with by signed authorisations, as x402 writes it. */
@Component
class Offers {

    private final Chains chains;
    private final X402Settings settings;
    private final boolean settles;

    Offers(Chains chains, FundingProperties properties, Settlers settlers) {
        this.chains = chains;
        this.settings = properties.x402();
        this.settles = settlers.current().isPresent();
    }

    /** One of {@code accepts}. */
    record Requirements(
            String scheme,
            String network,
            String amount,
            String asset,
            String payTo,
            long maxTimeoutSeconds,
            Extra extra) {}

    /** To what the token's contract binds signatures. */
    record Extra(String name, String version) {}

    record Resource(String url, String description, String mimeType) {}

    /** {@code PAYMENT-REQUIRED}. */
    record PaymentRequired(int x402Version, String error, Resource resource, List<Requirements> accepts) {}

    /** Whether anything can be. */
    boolean areAny() {
        return settles
                && chains.all().stream()
                        .flatMap(chain -> chain.tokens().stream())
                        .anyMatch(Offers::isPayable);
    }

    private static boolean isPayable(Token token) {
        return token.domain() != null;
    }

    /** What is missing, rounded up to whole minima, and the pack, where that is more. */
    List<BigDecimal> amountsFor(Usd missing) {
        var least = settings.minimum();
        var amount = missing.amount()
                .divide(least, 0, RoundingMode.UP)
                .multiply(least)
                .max(least);
        return amount.compareTo(settings.maximum()) > 0
                ? List.of(settings.maximum())
                : amount.compareTo(settings.pack()) < 0 ? List.of(amount, settings.pack()) : List.of(amount);
    }

    /** Whether so much can be paid at once. */
    boolean isWithin(Usd amount) {
        return amount.amount().compareTo(settings.minimum()) >= 0
                && amount.amount().compareTo(settings.maximum()) <= 0;
    }

    String bounds() {
        return settings.minimum() + " to " + settings.maximum();
    }

    /**
     * @param addresses the account's own on each chain
     * @param amounts in USD, the one that is preferred first
     * @param chainId of the only chain; null for all
     * @param symbol of the only token; null for all
     */
    PaymentRequired of(
            Function<Chain, EvmAddress> addresses,
            List<BigDecimal> amounts,
            String url,
            String error,
            @Nullable String chainId,
            @Nullable String symbol) {
        var accepts = new ArrayList<Requirements>();
        for (var amount : amounts) {
            for (var chain : chains.all()) {
                for (var token : chain.tokens()) {
                    if ((chainId == null || chain.id().text().equals(chainId))
                            && (symbol == null || token.symbol().equals(symbol))
                            && isPayable(token)) {
                        accepts.add(requirements(chain, token, amount, addresses.apply(chain)));
                    }
                }
            }
        }
        return new PaymentRequired(
                2, error, new Resource(url, "Credit of this account", "application/json"), List.copyOf(accepts));
    }

    private Requirements requirements(Chain chain, Token token, BigDecimal amount, EvmAddress address) {
        var domain = java.util.Objects.requireNonNull(token.domain());
        return new Requirements(
                "exact",
                chain.id().text(),
                amount.movePointRight(token.decimals())
                        .setScale(0, RoundingMode.UP)
                        .toBigInteger()
                        .toString(),
                token.contract().checksummed(),
                address.checksummed(),
                settings.validFor().toSeconds(),
                new Extra(domain.name(), domain.version()));
    }
}
