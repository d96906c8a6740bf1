package com.gogogoapi.funding.chains;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.funding.evm.EvmAddress;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token that is credited, one USD for each.
 *
 * @param decimals of its smallest unit
 * @param domain to which signatures are bound that move it; null where it is not paid by such
 */
public record Token(
        String symbol,
        EvmAddress contract,
        int decimals,
        @Nullable String pausedFunction,
        @Nullable String blacklistFunction,
        @Nullable Domain domain,
        @Nullable Price price) {

    /** What EIP-712 binds a signature to, beside chain and contract. */
    public record Domain(String name, String version) {}

    /** As {@link com.gogogoapi.funding.settings.TokenSettings.Price}. */
    public record Price(URI url, String pointer, BigDecimal atLeast, Duration every, Duration validFor) {}

    /** How many of the token so many of its smallest units are. */
    public BigDecimal tokens(BigInteger amount) {
        return new BigDecimal(amount, decimals);
    }

    /**
     * What so many of its smallest units are worth: exactly as many USD as tokens. What an amount of USD cannot hold, a fraction of a
     * trillionth of a dollar, is left out, never rounded up.
     *
     * @return empty if that is nothing, or more than an amount of USD can be
     */
    public Optional<Usd> usd(BigInteger amount) {
        var exact = tokens(amount).setScale(Math.min(decimals, Usd.MAX_DECIMALS), RoundingMode.DOWN);
        if (exact.signum() <= 0 || exact.precision() - exact.scale() > Usd.MAX_INTEGER_DIGITS) {
            return Optional.empty();
        }
        return Optional.of(new Usd(exact));
    }
}
