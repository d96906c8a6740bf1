package com.gogogoapi.proxy.upstream;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.outcome.Ending;
import java.net.http.HttpHeaders;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What the upstream's statuses mean to our clients. What is between us and the upstream (our key, our balance there, our
 * share of its capacity) is not the client's fault and never looks like it; what is the client's keeps the upstream's own
 * reason, code and param.
 */
final class UpstreamErrors {

    static final int MAX_ERROR_BYTES = 16 * 1024;

    /** Agents look for these words, and for the code, to shorten their conversation. */
    private static final Pattern CONTEXT_OVERFLOW = Pattern.compile("maximum context length", Pattern.CASE_INSENSITIVE);

    private UpstreamErrors() {}

    static UpstreamFailure of(int status, HttpHeaders headers, String body) {
        return new UpstreamFailure(Ending.UPSTREAM_FAILED, error(status, headers, reasonIn(body)));
    }

    /** An answer of status 200 whose head already says that it is none. */
    static UpstreamFailure notAnAnswer(String sentence) {
        return new UpstreamFailure(
                Ending.UPSTREAM_FAILED, ApiError.upstreamError(sentence).withShouldRetry(false));
    }

    private static ApiError error(int status, HttpHeaders headers, UpstreamReason reason) {
        return switch (status) {
            case 400, 413, 422 -> refusal(status, reason);
            case 429 -> retryLater(headers, reason.after("The upstream is over its capacity, and nothing was charged"));
            case 503 -> retryLater(headers, reason.after("The upstream is unavailable, and nothing was charged"));
            case 504 ->
                ApiError.upstreamTimeout("The upstream was too slow; nothing was charged.")
                        .withShouldRetry(false);
            default -> ApiError.upstreamError("The upstream answered with status " + status + "; nothing was charged.");
        };
    }

    private static ApiError retryLater(HttpHeaders headers, String message) {
        return ApiError.unavailable("upstream_unavailable", message)
                .withHeader("Retry-After", headers.firstValue("Retry-After").orElse("2"));
    }

    private static ApiError refusal(int status, UpstreamReason reason) {
        var message = reason.after("The upstream refused the request");
        if (isContextOverflow(reason)) {
            return ApiError.refused(400, "context_length_exceeded", "messages", message);
        }
        var usual = status == 413 ? "request_too_large" : "invalid_request_error";
        return ApiError.refused(status, Objects.requireNonNullElse(reason.code(), usual), reason.param(), message);
    }

    private static boolean isContextOverflow(UpstreamReason reason) {
        return "context_length_exceeded".equals(reason.code())
                || (reason.message() != null
                        && CONTEXT_OVERFLOW.matcher(reason.message()).find());
    }

    private static UpstreamReason reasonIn(String body) {
        try {
            return UpstreamReason.of(JsonMapper.shared().readTree(body));
        } catch (JacksonException e) {
            // An error page, which says nothing to a program.
            return UpstreamReason.of(MissingNode.getInstance());
        }
    }
}
