package com.gogogoapi.chassis.tomcat;

import static com.gogogoapi.chassis.requestid.RequestIdFilter.HEADER;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the web server refuses by itself, such as a head that is no HTTP or an address that nobody may have, never reaches
 * the service: it gets the form of all errors here, and a request id.
 *
 * <p>Public, with a constructor for nobody: the server makes it by its name.
 */
public final class ErrorReport extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ErrorReport.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        var status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported() || !mayWrite(response)) {
            return;
        }
        try {
            if (response.getHeader(HEADER) == null) {
                response.setHeader(HEADER, TimeOrderedIds.next().toString());
            }
            response.setContentType("application/json");
            response.setCharacterEncoding("UTF-8");
            var writer = response.getReporter();
            if (writer != null) {
                writer.write(
                        JsonMapper.shared().writeValueAsString(error(status).body()));
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException e) {
            log.debug("a refusal could not be written", e);
        }
    }

    private static boolean mayWrite(Response response) {
        var allowed = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
        return allowed.get();
    }

    private static ApiError error(int status) {
        return switch (status) {
            case 404 -> ApiError.notFound("There is nothing at this address.");
            case 405, 501 -> refused(status, "method_not_allowed", "The method must be one that this address has.");
            case 408 -> refused(status, "request_timeout", "The request must be received whole in time.");
            case 413 -> refused(status, "request_too_large", "The request must be smaller.");
            case 414, 431 -> refused(status, "request_too_large", "The request's head must be smaller.");
            case 417 -> refused(status, "invalid_request_error", "The only expectation must be 100-continue.");
            case 503 ->
                ApiError.unavailable("unavailable", "The service is stopping or has no room; nothing was charged.");
            default ->
                status < 500
                        ? refused(status, "invalid_request_error", "The request must be well-formed HTTP.")
                        : ApiError.other(
                                status,
                                "server_error",
                                "internal_error",
                                "An internal error occurred; the request id finds it in our log.");
        };
    }

    private static ApiError refused(int status, String code, String message) {
        return ApiError.other(status, "invalid_request_error", code, message);
    }
}
