package com.gogogoapi.quote.learning;

import com.gogogoapi.contracts.money.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** A share as a whole number of millionths. */
final class PartsPerMillion {

    private static final int DECIMALS = 6;

    private PartsPerMillion() {}

    /** @param whole more than zero */
    static long of(BigDecimal part, BigDecimal whole) {
        var share = part.movePointRight(DECIMALS).divide(whole, 0, RoundingMode.HALF_EVEN);
        return share.min(BigDecimal.valueOf(Magnitudes.MAX)).longValueExact();
    }

    static long of(Usd part, Usd whole) {
        return of(part.amount(), whole.amount());
    }

    /** For example 0.05 for 50,000. */
    static BigDecimal asShare(long partsPerMillion) {
        var share = BigDecimal.valueOf(partsPerMillion, DECIMALS).stripTrailingZeros();
        return share.scale() < 0 ? share.setScale(0) : share;
    }
}
