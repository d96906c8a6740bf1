package com.gogogoapi.proxy.upstream;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.outcome.Ending;
import java.net.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the upstream's statuses mean to our clients. What is between us and the upstream (our key, our balance there, our
 * share of its capacity) is not the client's fault and never looks like it.
 */
final class UpstreamErrors {

    static final int MAX_ERROR_BYTES = 16 * 1024;

    private UpstreamErrors() {}

    static UpstreamFailure of(int status, HttpHeaders headers, String body) {
        return new UpstreamFailure(Ending.UPSTREAM_FAILED, error(status, headers, body));
    }

    private static ApiError error(int status, HttpHeaders headers, String body) {
        return switch (status) {
            case 400 -> ApiError.invalidRequest(null, "The upstream refused the request: " + message(body));
            case 422 ->
                ApiError.conflict("invalid_request_error", null, "The upstream refused the request: " + message(body));
            case 429 ->
                ApiError.unavailable("upstream_unavailable", "The upstream is over its capacity; nothing was charged.")
                        .withHeader(
                                "Retry-After", headers.firstValue("Retry-After").orElse("2"));
            case 503 ->
                ApiError.unavailable("upstream_unavailable", "The upstream is unavailable; nothing was charged.")
                        .withHeader(
                                "Retry-After", headers.firstValue("Retry-After").orElse("2"));
            case 504 ->
                ApiError.upstreamTimeout("The upstream was too slow; nothing was charged.")
                        .withShouldRetry(false);
            default -> ApiError.upstreamError("The upstream answered with status " + status + "; nothing was charged.");
        };
    }

    private static String message(String body) {
        try {
            var message = JsonMapper.shared().readTree(body).path("error").path("message");
            return message.isString() ? ApiError.printable(message.stringValue()) : "no reason given";
        } catch (JacksonException e) {
            return "no reason given";
        }
    }
}
