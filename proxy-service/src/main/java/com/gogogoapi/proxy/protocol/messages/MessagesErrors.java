package com.gogogoapi.proxy.protocol.messages;

import com.gogogoapi.chassis.errors.ErrorForm;
import com.gogogoapi.chassis.requestid.RequestIdFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Errors as Anthropic's clients read them: {@code {"type":"error","error":{"type","message"},"request_id"}}. Whatever else an
 * error says, as a 402 of credit, stands beside its message.
 *
 * @param requestId as in {@code x-request-id}, when the error is written
 */
record MessagesErrors(Supplier<String> requestId) implements ErrorForm {

    MessagesErrors(String requestId) {
        this(() -> requestId);
    }

    static MessagesErrors of(HttpServletRequest request) {
        return new MessagesErrors(() -> RequestIdFilter.of(request).toString());
    }

    @Override
    public Map<String, Object> body(int status, Map<String, @Nullable Object> error) {
        var shown = new LinkedHashMap<String, Object>();
        error.forEach((name, value) -> {
            if (value != null && !(value instanceof JsonNode json && json.isNull())) {
                shown.put(name, value);
            }
        });
        shown.put("type", typeOf(status));
        shown.put("message", messageOf(shown));
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "error");
        body.put("error", shown);
        body.put("request_id", requestId.get());
        return body;
    }

    /** Agents look for Anthropic's words, to shorten their conversation. */
    private static String messageOf(Map<String, Object> error) {
        var message = textOf(error.get("message"));
        return "context_length_exceeded".equals(textOf(error.get("code"))) ? "prompt is too long: " + message : message;
    }

    /** Of a text of ours or one within another service's JSON. */
    private static String textOf(@Nullable Object value) {
        return value instanceof JsonNode json ? json.asString("") : String.valueOf(value);
    }

    private static String typeOf(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }
}
