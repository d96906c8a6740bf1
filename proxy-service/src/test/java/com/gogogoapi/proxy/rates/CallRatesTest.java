package com.gogogoapi.proxy.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.errors.ApiError;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The rates of what costs nothing, by key or by address. */
class CallRatesTest {

    private static final int MANY = 10_000;

    private final CallRates rates = new CallRates(new CallRateProperties(3, 2, 1));

    /** Asks until it is refused: faster than any second passes, however slow the machine. */
    private static ApiError refusal(Consumer<String> asking, String who) {
        for (var i = 0; i < MANY; i++) {
            try {
                asking.accept(who);
            } catch (ApiError e) {
                return e;
            }
        }
        throw new AssertionError(who + " must be refused.");
    }

    @Test
    void whoAsksTooFastIsToldWhenToTryAgain() {
        var refused = refusal(rates::requireQuote, "key_1");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("rate_limit_exceeded");
        assertThat(refused.getMessage()).isEqualTo("At most 3 quotes of a key must come in a second.");
        assertThat(refused.headers())
                .containsEntry("Retry-After", "1")
                .containsEntry("RateLimit-Policy", "\"quotes\";q=3;w=1")
                .containsEntry("RateLimit", "\"quotes\";r=0;t=1");
    }

    @Test
    void whoMayAskIsToldWhatIsLeft() {
        var answer = new MockHttpServletResponse();
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest(), answer));
        try {
            rates.requireQuote("key_told");
        } finally {
            RequestContextHolder.resetRequestAttributes();
        }
        assertThat(answer.getHeader("RateLimit-Policy")).isEqualTo("\"quotes\";q=3;w=1");
        assertThat(answer.getHeader("RateLimit")).matches("\"quotes\";r=[23];t=1");
    }

    @Test
    void othersAreNotHeldUpNorIsWhatElseAKeyAsks() {
        refusal(rates::requireQuote, "key_1");
        assertThatCode(() -> {
                    rates.requireQuote("key_2");
                    rates.requireRead("key_1");
                })
                .doesNotThrowAnyException();
    }

    @Test
    void itGoesOnInTheNextSecond() {
        refusal(rates::requireRead, "key_1");
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(() -> rates.requireRead("key_1"));
    }

    @Test
    void aNetworkIsOneCaller() {
        assertThat(ClientNetwork.of("2001:db8::1")).isEqualTo(ClientNetwork.of("2001:db8::2"));
        refusal(rates::requirePublicRead, "2001:db8::1");
        assertThatCode(() -> rates.requirePublicRead("2001:db8:0:1::1")).doesNotThrowAnyException();
    }

    @Test
    void aRateMustBeOne() {
        assertThatThrownBy(() -> new CallRateProperties(0, 1, 1))
                .hasMessage("gogogoapi.proxy.rates.quotes-per-second must be from 1 to 1000000.");
    }
}
