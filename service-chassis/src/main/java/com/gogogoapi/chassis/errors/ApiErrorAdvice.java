package com.gogogoapi.chassis.errors;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
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
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;

/** Gives every error the form that its route's clients rely on, and keeps our own faults' texts out of it. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public class ApiErrorAdvice {

    private static final Logger log = LoggerFactory.getLogger(ApiErrorAdvice.class);

    /** What somebody found out and put into words. */
    @ExceptionHandler(ApiError.class)
    public ResponseEntity<Object> ours(ApiError error, HttpServletRequest request) {
        if (error.getCause() != null) {
            log.warn("answering {} {}: {}", error.status(), error.code(), error.getMessage(), error.getCause());
        }
        return answer(error, request);
    }

    @ExceptionHandler(HttpMessageNotReadableException.class)
    ResponseEntity<Object> unreadable(HttpMessageNotReadableException e, HttpServletRequest request) {
        var reason = e.getMostSpecificCause() instanceof JacksonException json
                ? "The body must be the JSON that this route expects: " + ApiError.printable(json.getOriginalMessage())
                : "The body could not be read.";
        return answer(ApiError.invalidRequest(null, reason), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> wrongType(MethodArgumentTypeMismatchException e, HttpServletRequest request) {
        return answer(ApiError.invalidRequest(e.getName(), e.getName() + " must be a value of its type."), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> wrongParameters(InvalidParameterException e, HttpServletRequest request) {
        return answer(ApiError.invalidRequest(null, "The query must be well-formed."), request);
    }

    /** Nobody is there to be answered, or the server has said what is wrong with the request's form. */
    @ExceptionHandler({
        AsyncRequestNotUsableException.class,
        ClientAbortException.class,
        org.apache.coyote.BadRequestException.class
    })
    void clientLeft(Exception e) {
        log.debug("the client left before its answer: {}", e.getMessage());
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> others(Exception e, HttpServletRequest request) {
        if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            return answer(ofStatus(known.getStatusCode(), known.getBody().getDetail()), request);
        }
        log.error("unexpected failure", e);
        return answer(
                ApiError.other(
                        500,
                        "server_error",
                        "internal_error",
                        "An internal error occurred; the request id finds it in our log."),
                request);
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

    private static ResponseEntity<Object> answer(ApiError error, HttpServletRequest request) {
        var response = ResponseEntity.status(error.status());
        error.headers().forEach(response::header);
        return response.header("Content-Type", "application/json")
                .body(ErrorForm.of(request).body(error.status(), error.fields()));
    }
}
