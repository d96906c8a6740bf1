package com.gogogoapi.auditor.deposits;

import com.gogogoapi.contracts.money.Usd;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** A token that is credited, one USD for each. @param contract in lower case */
record AuditedToken(String symbol, String contract, int decimals) {

    static final int MAX_DECIMALS = 36;

    /** How many tokens so many of the smallest units are. */
    BigDecimal tokens(BigInteger amount) {
        return new BigDecimal(amount, decimals);
    }

    /** What has to be credited for them: as many USD, and what is below a trillionth of one left out. */
    BigDecimal usd(BigInteger amount) {
        return tokens(amount).setScale(Usd.MAX_DECIMALS, RoundingMode.DOWN);
    }
}
