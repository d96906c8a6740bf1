package com.gogogoapi.proxy.keys;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.OperatorProperties;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Lets through who sends the right token, and counts, logs and slows down who does not.
 *
 * <p>An address that sent too many wrong tokens is held off for the rest of the minute, and a right token from there with it:
 * the answer to a held guess must not tell whether it was right, or nothing is held. Operators who share an address with
 * somebody who guesses come in by a port of their own ({@link OperatorProperties}).
 */
@Component
@EnableConfigurationProperties(OperatorProperties.class)
class OperatorGuard {

    private static final Logger log = LoggerFactory.getLogger(OperatorGuard.class);
    private static final int MAX_LINES_PER_MINUTE = 30;

    private final FailedGuesses guesses;
    private final int allowed;
    private final Clock clock;
    private final Counter missing;
    private final Counter wrong;
    private final Counter held;

    private Instant minute = Instant.EPOCH;
    private int lines;
    private long unsaid;

    OperatorGuard(OperatorProperties properties, Clock clock, MeterRegistry meters) {
        this.allowed = properties.failuresPerMinute();
        this.guesses = new FailedGuesses(allowed, clock);
        this.clock = clock;
        this.missing = counter(meters, "missing");
        this.wrong = counter(meters, "wrong");
        this.held = counter(meters, "held");
    }

    private static Counter counter(MeterRegistry meters, String reason) {
        return Counter.builder("gogogoapi.proxy.operator.refused")
                .description("Calls of operator routes without a token, with a wrong one, and of an address held off")
                .tag("reason", reason)
                .register(meters);
    }

    /**
     * Lets a request through or not.
     *
     * @param token null where none is sent
     * @param known whose token it is, if it is anybody's
     * @throws ApiError 401 without the right token, 429 for an address that is held off
     */
    <T> T require(HttpServletRequest request, @Nullable String token, Function<String, Optional<T>> known) {
        if (token == null) {
            missing.increment();
            throw ApiError.invalidApiKey("An operator's token must be sent as 'Authorization: Bearer …'.");
        }
        var address = request.getRemoteAddr();
        var wait = guesses.heldFor(address);
        if (wait.isPresent()) {
            held.increment();
            throw ApiError.rateLimited(
                    "Too many wrong tokens came from this address: no token is looked at from there until the minute is over.",
                    wait.get().plusSeconds(1));
        }
        var whose = known.apply(token);
        if (whose.isEmpty()) {
            wrong.increment();
            say(address, guesses.note(address), request);
            throw ApiError.invalidApiKey("The token must be an operator's.");
        }
        return whose.get();
    }

    /** The first of an address's minute and the one that holds it off are worth a line each; all lines have a limit. */
    private synchronized void say(String address, int count, HttpServletRequest request) {
        if (count != 1 && count != allowed) {
            return;
        }
        var now = clock.instant();
        if (!now.isBefore(minute.plus(FailedGuesses.WINDOW))) {
            if (unsaid > 0) {
                log.warn("{} further addresses sent wrong operator tokens", unsaid);
            }
            minute = now;
            lines = 0;
            unsaid = 0;
        }
        if (lines == MAX_LINES_PER_MINUTE) {
            unsaid++;
            return;
        }
        lines++;
        log.warn(
                "a wrong operator token came from {} for {} {}{}",
                address,
                request.getMethod(),
                ApiError.printable(request.getRequestURI()),
                count == allowed ? ", the last that is looked at from there for this minute" : "");
    }
}
