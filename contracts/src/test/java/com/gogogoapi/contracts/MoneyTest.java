package com.gogogoapi.contracts;

import static com.gogogoapi.contracts.money.Usd.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "5,5.00",
        "5.0,5.00",
        "0.00007336,0.00007336",
        "0.000000000001,0.000000000001",
        "1.230,1.23",
        "-2.5,-2.50"
    })
    void hasOneCanonicalText(String text, String canonical) {
        assertThat(usd(text)).hasToString(canonical).isEqualTo(usd(canonical));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1e3",
                "+1",
                "1.",
                ".5",
                "0x1",
                "NaN",
                "1,5",
                " 1",
                "0.0000000000001",
                "1234567890123456789012345"
            })
    void refusesWhatIsNotAPlainDecimal(String text) {
        assertThatThrownBy(() -> usd(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverRounds() {
        assertThatThrownBy(() -> new Usd(new BigDecimal("0.0000000000001"))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> UsdPerMillion.parse("0.1234567")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void isTextInJsonAndNothingElse() {
        var json = EventJson.mapper();
        assertThat(json.writeValueAsString(usd("5"))).isEqualTo("\"5.00\"");
        assertThat(json.readValue("\"0.10\"", Usd.class)).isEqualTo(usd("0.1"));
        assertThatThrownBy(() -> json.readValue("0.1", Usd.class)).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> json.readValue("1", UsdPerMillion.class)).isInstanceOf(JacksonException.class);
    }

    @Property
    void aCostIsExact(
            @ForAll @LongRange(min = 0, max = TokenUsage.MAX_TOKENS) long tokens,
            @ForAll @BigRange(min = "0", max = "1000000") @Scale(6) BigDecimal price) {
        var cost = new UsdPerMillion(price).costOf(tokens).amount();
        // The same in whole numbers: micro-dollars per million tokens, times tokens, is picodollars.
        var picodollars = price.movePointRight(6).toBigIntegerExact().multiply(BigInteger.valueOf(tokens));
        assertThat(cost.movePointRight(12).toBigIntegerExact()).isEqualTo(picodollars);
    }

    @Property
    void affordableTokensAreAffordableAndOneMoreIsNot(
            @ForAll @BigRange(min = "0.000001", max = "100") @Scale(6) BigDecimal price,
            @ForAll @BigRange(min = "0", max = "1000") @Scale(12) BigDecimal credit) {
        var unit = new UsdPerMillion(price);
        var has = new Usd(credit);
        var tokens = unit.tokensAffordableWith(has, TokenUsage.MAX_TOKENS);
        assertThat(unit.costOf(tokens)).isLessThanOrEqualTo(has);
        if (tokens < TokenUsage.MAX_TOKENS) {
            assertThat(unit.costOf(tokens + 1)).isGreaterThan(has);
        }
    }

    @Test
    void chargesEveryClassOfTokensAtItsOwnPrice() {
        var flash = new TokenPrices(
                UsdPerMillion.parse("0.14"), UsdPerMillion.parse("0.0028"), UsdPerMillion.parse("0.28"));
        assertThat(flash.uncachedCostOf(12, 256)).isEqualTo(usd("0.00007336"));
        assertThat(flash.costOf(new TokenUsage(12, 10, 256))).isEqualTo(usd("0.000071988"));
    }
}
