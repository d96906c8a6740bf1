package com.gogogoapi.chassis.errors;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is an error: {@code {"error":{"message","type","param","code",…}}} with a status and headers.
 *
 * <p>Immutable but for what Java keeps in every exception; {@code with…} and {@code because…} return changed copies.
 */
public final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final String code;
    private final @Nullable String param;
    private final transient Map<String, Object> details;
    private final transient Map<String, String> headers;

    private ApiError(
            int status,
            String type,
            String code,
            @Nullable String param,
            String message,
            Map<String, Object> details,
            Map<String, String> headers,
            @Nullable Throwable cause) {
        super(message, cause, false, cause != null);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
        this.details = details;
        this.headers = headers;
    }

    private static ApiError of(int status, String type, String code, @Nullable String param, String message) {
        return new ApiError(status, type, code, param, message, Map.of(), Map.of(), null);
    }

    /** 400: malformed body, wrong type, number out of range. {@code param} names the offending field, if one does. */
    public static ApiError invalidRequest(@Nullable String param, String message) {
        return of(400, "invalid_request_error", "invalid_request_error", param, message);
    }

    /** 413: the body is larger than the route accepts. */
    public static ApiError bodyTooLarge(long maxBytes) {
        return of(
                413,
                "invalid_request_error",
                "request_too_large",
                null,
                "The request body must have at most " + maxBytes + " bytes.");
    }

    /** 401: no key, or an unknown, revoked or expired one. */
    public static ApiError invalidApiKey(String message) {
        return of(401, "authentication_error", "invalid_api_key", null, message);
    }

    /** 404 for a model without a route or without a price in force. */
    public static ApiError modelNotFound(String model) {
        return of(
                404,
                "invalid_request_error",
                "model_not_found",
                "model",
                "The model '" + printable(model) + "' does not exist or has no price in force.");
    }

    /** 404 for anything else. */
    public static ApiError notFound(String what) {
        return of(404, "invalid_request_error", "not_found", null, what);
    }

    /** 402: details carry {@code required_usd}, {@code available_usd}, {@code held_usd}, {@code affordable_max_tokens}. */
    public static ApiError insufficientCredits(String message) {
        return of(402, "insufficient_quota", "insufficient_credits", null, message);
    }

    /** 422: well-formed, but in conflict with what is there; never 409, which SDKs retry. */
    public static ApiError conflict(String code, @Nullable String param, String message) {
        return of(422, "invalid_request_error", code, param, message);
    }

    /** A 4xx whose code and param somebody else chose, as in the OpenAI API. */
    public static ApiError refused(int status, String code, @Nullable String param, String message) {
        return of(status, "invalid_request_error", code, param, message);
    }

    /** 429 with {@code Retry-After}. */
    public static ApiError rateLimited(String message, Duration retryAfter) {
        return of(429, "rate_limit_error", "rate_limit_exceeded", null, message)
                .withHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
    }

    /** 502: the upstream answered brokenly or not at all. */
    public static ApiError upstreamError(String message) {
        return of(502, "upstream_error", "upstream_error", null, message);
    }

    /** 503: the upstream or one of our own parts is over capacity or away; nothing was charged. */
    public static ApiError unavailable(String code, String message) {
        return of(503, "service_unavailable_error", code, null, message);
    }

    /** 504: the upstream was too slow. */
    public static ApiError upstreamTimeout(String message) {
        return of(504, "upstream_error", "upstream_timeout", null, message);
    }

    /** Any other status; {@code type} and {@code code} as in the OpenAI API. */
    public static ApiError other(int status, String type, String code, String message) {
        return of(status, type, code, null, message);
    }

    public ApiError withDetail(String name, Object value) {
        var more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new ApiError(status, type, code, param, text(), more, headers, getCause());
    }

    public ApiError withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiError(status, type, code, param, text(), details, more, getCause());
    }

    /** Tells SDKs whether to try again, whatever the status says. */
    public ApiError withShouldRetry(boolean retry) {
        return withHeader("x-should-retry", Boolean.toString(retry));
    }

    public ApiError becauseOf(Throwable cause) {
        return new ApiError(status, type, code, param, text(), details, headers, cause);
    }

    public int status() {
        return status;
    }

    public String type() {
        return type;
    }

    public String code() {
        return code;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** The answer's body, as OpenAI's clients read it. */
    public Map<String, Object> body() {
        return ErrorForm.OPENAI.body(status, fields());
    }

    /** What it says, by name. */
    public Map<String, @Nullable Object> fields() {
        var error = new LinkedHashMap<String, @Nullable Object>();
        error.put("message", text());
        error.put("type", type);
        error.put("param", param);
        error.put("code", code);
        error.putAll(details);
        return error;
    }

    private String text() {
        return String.valueOf(getMessage());
    }

    /** A caller's text, cut and freed of control characters, fit for a message or a log line. */
    public static String printable(String text) {
        var cut = text.length() > 100 ? text.substring(0, 100) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
