package com.gogogoapi.proxy.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.evidence.signing.SigningKey;
import com.gogogoapi.proxy.OperatorProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.mock.web.MockHttpServletRequest;

/** Sixty wrong tokens in a second, and what becomes of them. */
class OperatorGuardTest {

    private static final String RIGHT = "the-right-one";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OperatorGuard guard = new OperatorGuard(
            new OperatorProperties(null, null, 10, SigningKey.generate(), null, Duration.ofDays(3)),
            Clock.fixed(Instant.parse("2026-11-26T12:00:00Z"), ZoneOffset.UTC),
            meters);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger(OperatorGuard.class)).addAppender(log);
    }

    @AfterEach
    void stopListening() {
        ((Logger) LoggerFactory.getLogger(OperatorGuard.class)).detachAppender(log);
    }

    /** The status of the answer; 200 if it is let through. */
    private int status(String address, @Nullable String token) {
        var request = new MockHttpServletRequest("GET", "/api/v1/operator/margins");
        request.setRemoteAddr(address);
        if (token != null) {
            request.addHeader("Authorization", "Bearer " + token);
        }
        try {
            guard.require(request, Bearer.of(request).orElse(null), sent -> Optional.of(sent)
                    .filter(RIGHT::equals));
            return 200;
        } catch (ApiError refusal) {
            if (refusal.status() == 429) {
                assertThat(refusal.headers()).containsEntry("Retry-After", "61");
            }
            return refusal.status();
        }
    }

    private List<Integer> guess(String address, int times) {
        return IntStream.range(0, times)
                .mapToObj(number -> status(address, "guess-" + number))
                .toList();
    }

    private double refused(String reason) {
        return meters.get("gogogoapi.proxy.operator.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }

    @Test
    void sixtyGuessesAreCountedAndAllButTheFirstTenHeldOff() {
        var answers = guess("192.0.2.1", 60);
        assertThat(answers.subList(0, 10)).containsOnly(401);
        assertThat(answers.subList(10, 60)).containsOnly(429);
        assertThat(refused("wrong")).isEqualTo(10);
        assertThat(refused("held")).isEqualTo(50);
    }

    @Test
    void aRightTokenFromThereIsHeldOffTooAndFromElsewhereIsNot() {
        guess("192.0.2.1", 10);
        assertThat(status("192.0.2.1", RIGHT)).isEqualTo(429);
        assertThat(status("192.0.2.2", RIGHT)).isEqualTo(200);
    }

    @Test
    void rightTokensAndMissingOnesHoldNobodyOff() {
        for (var i = 0; i < 30; i++) {
            assertThat(status("192.0.2.1", RIGHT)).isEqualTo(200);
            assertThat(status("192.0.2.1", null)).isEqualTo(401);
        }
        assertThat(refused("missing")).isEqualTo(30);
    }

    @Test
    void anAddressIsLoggedTwiceAMinuteWithoutItsTokens() {
        guess("192.0.2.1", 60);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "a wrong operator token came from 192.0.2.1 for GET /api/v1/operator/margins",
                        "a wrong operator token came from 192.0.2.1 for GET /api/v1/operator/margins, the last that is"
                                + " looked at from there for this minute");
    }

    @Test
    void ofManyAddressesThirtyLinesAMinuteAreLogged() {
        IntStream.range(0, 200).forEach(number -> guess("192.0.2." + number, 1));
        assertThat(log.list).hasSize(30);
    }

    @Test
    void anAddressNeedsAPort() {
        assertThatThrownBy(() ->
                        new OperatorProperties(null, "127.0.0.1", 10, SigningKey.generate(), null, Duration.ofDays(3)))
                .hasMessage("gogogoapi.proxy.operator.port must be given where gogogoapi.proxy.operator.address is.");
    }
}
