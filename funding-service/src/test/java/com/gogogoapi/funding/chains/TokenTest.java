package com.gogogoapi.funding.chains;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.funding.evm.EvmAddress;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One USD a token, to the last digit that an amount can hold, and never rounded up. */
class TokenTest {

    private static Token token(int decimals) {
        return new Token("T", new EvmAddress("0x" + "1".repeat(40)), decimals, null, null, null, null);
    }

    @ParameterizedTest
    @CsvSource({
        "6, 1, 0.000001",
        "6, 5000001, 5.000001",
        "6, 123456789012345678, 123456789012.345678",
        "18, 1000000000000000000, 1.00",
        "18, 1999999999999999999, 1.999999999999",
        "18, 1000000, 0.000000000001",
        "18, 1999999, 0.000000000001",
        "0, 7, 7.00",
        "2, 199, 1.99"
    })
    void isWorthWhatItSays(int decimals, BigInteger amount, String usd) {
        assertThat(token(decimals).usd(amount)).contains(Usd.usd(usd));
    }

    @Test
    void whatAnAmountCannotHoldIsWorthNothing() {
        assertThat(token(18).usd(BigInteger.ZERO)).isEmpty();
        assertThat(token(18).usd(BigInteger.valueOf(999_999))).isEmpty();
        assertThat(token(6).usd(BigInteger.TEN.pow(31))).isEmpty();
        assertThat(token(6).usd(BigInteger.TEN.pow(30).subtract(BigInteger.ONE)))
                .isPresent();
    }
}
