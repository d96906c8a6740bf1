package com.gogogoapi.quote.quoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.quote.quoting.QuoteSigner.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuoteSignerTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String KEY = "the first signing key, 32 bytes or more";
    private static final String NEXT_KEY = "the next signing key, 32 bytes or more";

    private final QuoteClaims claims = claims("acct_1");

    private static QuoteClaims claims(String account) {
        return new QuoteClaims(
                TimeOrderedIds.next(),
                new AccountId(account),
                "chat",
                "deepseek-v4-flash",
                "v1",
                null,
                new TokenPrices(
                        UsdPerMillion.parse("0.14"), UsdPerMillion.parse("0.0028"), UsdPerMillion.parse("0.28")),
                8,
                8,
                100,
                256,
                "00",
                NOON.plusSeconds(300));
    }

    private static QuoteSigner signer(Duration afterNoon, String... keys) {
        return new QuoteSigner(List.of(keys), Clock.fixed(NOON.plus(afterNoon), ZoneOffset.UTC));
    }

    @Test
    void aQuoteIsGenuineUntilItExpires() {
        var quote = signer(Duration.ZERO, KEY).sign(claims);
        assertThat(signer(Duration.ofSeconds(299), KEY).verify(quote)).isEqualTo(new Verdict.Genuine(claims));
        assertThat(signer(Duration.ofSeconds(300), KEY).verify(quote)).isEqualTo(new Verdict.Expired(claims));
    }

    @Test
    void aKeyIsRotatedByPuttingANewOneInFront() {
        var old = signer(Duration.ZERO, KEY).sign(claims);
        var rotated = signer(Duration.ZERO, NEXT_KEY, KEY);
        assertThat(rotated.verify(old)).isInstanceOf(Verdict.Genuine.class);
        assertThat(signer(Duration.ZERO, NEXT_KEY).verify(rotated.sign(claims))).isInstanceOf(Verdict.Genuine.class);
        assertThat(signer(Duration.ZERO, NEXT_KEY).verify(old)).isEqualTo(new Verdict.NotOurs());
    }

    @Test
    void whatIsAlteredOrForeignIsNotOurs() {
        var signer = signer(Duration.ZERO, KEY);
        var parts = signer.sign(claims).split("\\.");
        var others = signer.sign(claims("acct_2")).split("\\.");
        for (var bad : new String[] {
            parts[0] + "." + others[1] + "." + parts[2], parts[0] + "." + parts[1] + ".", "x", "", "a.b.c"
        }) {
            assertThat(signer.verify(bad)).as(bad).isEqualTo(new Verdict.NotOurs());
        }
    }

    @Test
    void keysAreLong() {
        assertThatThrownBy(() -> signer(Duration.ZERO, "short")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> signer(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
