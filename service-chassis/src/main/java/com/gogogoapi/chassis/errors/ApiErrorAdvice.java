package com.gogogoapi.chassis.errors;

import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import tools.jackson.core.JacksonException;

/** Gives every error the one shape that clients rely on, and keeps our own faults' texts out of it. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public class ApiErrorAdvice {

    private static final Logger log = LoggerFactory.getLogger(ApiErrorAdvice.class);

    @ExceptionHandler(ApiError.class)
    ResponseEntity<Object> ours(ApiError error) {
        if (error.getCause() != null) {
            log.warn("answering {} {}: {}", error.status(), error.code(), error.getMessage(), error.getCause());
        }
        return answer(error);
    }

    @ExceptionHandler(HttpMessageNotReadableException.class)
    ResponseEntity<Object> unreadable(HttpMessageNotReadableException e) {
        var reason = e.getMostSpecificCause() instanceof JacksonException json
                ? "The body must be the JSON that this route expects: " + ApiError.printable(json.getOriginalMessage())
                : "The body could not be read.";
        return answer(ApiError.invalidRequest(null, reason));
    }

    @ExceptionHandler({AsyncRequestNotUsableException.class, ClientAbortException.class})
    void clientLeft(Exception e) {
        log.debug("the client left before its answer: {}", e.getMessage());
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> others(Exception e) {
        if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            return answer(ofStatus(known.getStatusCode(), known.getBody().getDetail()));
        }
        log.error("unexpected failure", e);
        return answer(ApiError.other(
                500,
                "server_error",
                "internal_error",
                "An internal error occurred; the request id finds it in our log."));
    }

    private static ApiError ofStatus(HttpStatusCode status, @org.jspecify.annotations.Nullable String detail) {
        var message = detail == null ? "The request was refused." : detail;
        return switch (status.value()) {
            case 400 -> ApiError.invalidRequest(null, message);
            case 404 -> ApiError.notFound("There is nothing at this address.");
            case 405 -> ApiError.other(405, "invalid_request_error", "method_not_allowed", message);
            case 415 -> ApiError.other(415, "invalid_request_error", "unsupported_media_type", message);
            default -> ApiError.other(status.value(), "invalid_request_error", "invalid_request_error", message);
        };
    }

    private static ResponseEntity<Object> answer(ApiError error) {
        var response = ResponseEntity.status(error.status());
        error.headers().forEach(response::header);
        return response.header("Content-Type", "application/json").body(error.body());
    }
}
