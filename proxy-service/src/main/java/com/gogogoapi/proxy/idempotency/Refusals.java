package com.gogogoapi.proxy.idempotency;

import com.gogogoapi.chassis.errors.ApiError;
import java.time.Duration;
import java.util.UUID;

/** What a client is told whose request is neither run nor answered as it was. */
final class Refusals {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String REQUEST_ID = "request_id";

    private Refusals() {}

    static ApiError mismatch() {
        return ApiError.conflict(
                "idempotency_mismatch",
                IdempotencyKey.HEADER,
                "The Idempotency-Key must be a new one: it stands for another request, of another body, route or quote.");
    }

    static ApiError notKept(UUID requestId) {
        return ApiError.conflict(
                        "idempotency_answer_not_kept",
                        IdempotencyKey.HEADER,
                        "The request with this Idempotency-Key was charged, and its answer was too large to be kept or"
                                + " was lost: it is not run again. GET /v1/requests/" + requestId
                                + " shows it; another run must have another key.")
                .withDetail(REQUEST_ID, requestId.toString());
    }

    static ApiError cutOff(UUID requestId) {
        return ApiError.conflict(
                        "idempotency_cut_off",
                        IdempotencyKey.HEADER,
                        "The request with this Idempotency-Key was cut off and its hold expired: it may still be"
                                + " charged should its end surface, so it is not run again. GET /v1/requests/"
                                + requestId + " shows it; another run must have another key.")
                .withDetail(REQUEST_ID, requestId.toString());
    }

    static ApiError unresolved(UUID requestId) {
        return ApiError.unavailable(
                        "idempotency_unresolved",
                        "The request with this Idempotency-Key was cut off, and how it ended is not known yet: ask"
                                + " again.")
                .withDetail(REQUEST_ID, requestId.toString())
                .withHeader("Retry-After", Long.toString(SOON.toSeconds()))
                .withShouldRetry(true);
    }

    static ApiError stillRunning() {
        return ApiError.unavailable(
                        "idempotency_in_progress",
                        "The request with this Idempotency-Key is still running; it is not run twice. Ask again.")
                .withHeader("Retry-After", Long.toString(SOON.toSeconds()))
                .withShouldRetry(true);
    }

    static ApiError storeAway(Exception cause) {
        return ApiError.unavailable(
                        "idempotency_unavailable",
                        "Whether this Idempotency-Key was used before cannot be known now: nothing was run or charged"
                                + " by this. Try again.")
                .withShouldRetry(true)
                .becauseOf(cause);
    }

    static ApiError takenOver() {
        return ApiError.unavailable(
                        "idempotency_in_progress",
                        "This was too slow and the request with its Idempotency-Key is run by another; nothing was"
                                + " charged by this. Ask again.")
                .withShouldRetry(true);
    }

    static ApiError tooManyKeys(int most) {
        return ApiError.rateLimited(
                        "An account must have at most " + most + " idempotency keys in use.", Duration.ofMinutes(1))
                .withDetail("scope", "account")
                .withDetail("measure", "idempotency_keys")
                .withDetail("limit", Integer.toString(most))
                .withShouldRetry(false);
    }

    static ApiError tooManyAttempts() {
        return ApiError.conflict(
                "idempotency_attempts_exceeded",
                IdempotencyKey.HEADER,
                "A request must be attempted at most " + FormerAttempts.MAX_ATTEMPTS
                        + " times under one Idempotency-Key; none was charged. Use another key.");
    }
}
