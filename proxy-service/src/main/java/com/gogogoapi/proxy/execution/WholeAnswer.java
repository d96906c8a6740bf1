package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.outcome.Ending;
import com.gogogoapi.proxy.upstream.UpstreamAnswer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** An answer in one piece: read whole, settled, and passed on with what it cost. */
@Component
class WholeAnswer {

    private final Settlement settlement;
    private final int maxBytes;

    WholeAnswer(Settlement settlement, ProxyProperties properties) {
        this.settlement = settlement;
        this.maxBytes = properties.upstream().maxAnswerBytes();
    }

    void relay(
            UpstreamAnswer answer,
            HeldRequest hold,
            Protocol.Request request,
            ClientWatch.Watched client,
            HttpServletResponse response)
            throws IOException {
        byte[] body;
        Served served;
        try {
            body = answer.body().readNBytes(maxBytes + 1);
            if (body.length > maxBytes) {
                throw new IOException("An answer must have at most " + maxBytes + " bytes.");
            }
            served = request.served(body);
            answer.servedWell();
        } catch (NotAnAnswer e) {
            settlement
                    .end(hold, Ending.UPSTREAM_FAILED, Served.nothing())
                    .ifPresent(end -> ChargeHeaders.ended(response, end));
            var error = ApiError.upstreamError(String.valueOf(e.getMessage()));
            throw e.statesError() ? error : error.withShouldRetry(false);
        } catch (IOException e) {
            var brokenOff = answer.brokenOff();
            settlement.end(hold, brokenOff, Served.nothing()).ifPresent(end -> ChargeHeaders.ended(response, end));
            if (brokenOff == Ending.CLIENT_LEFT) {
                return;
            }
            // The upstream may have billed us for it: trying again would be at somebody's expense.
            throw error(brokenOff).withShouldRetry(false).becauseOf(e);
        }
        if (client.isGone()) {
            // Too late to stop the upstream, and nothing of it is delivered.
            settlement.endUnread(hold, served);
            return;
        }
        var end = settlement.end(hold, Ending.IN_ORDER, served);
        end.ifPresent(event -> ChargeHeaders.ended(response, event));
        var shown = request.shown(body, served.usage().map(stated -> end.flatMap(ChargeHeaders::cost)
                .orElseGet(() -> hold.reserved().costOf(stated))));
        response.setContentType("application/json");
        response.setContentLength(shown.length);
        response.getOutputStream().write(shown);
    }

    private static ApiError error(Ending brokenOff) {
        return switch (brokenOff) {
            case TIMED_OUT -> ApiError.upstreamTimeout("The upstream did not finish in time; nothing was charged.");
            case UPSTREAM_FAILED -> ApiError.upstreamError("The upstream broke off its answer; nothing was charged.");
            case INTERRUPTED -> ServiceStopping.before();
            case IN_ORDER, CLIENT_LEFT, CLIENT_LEFT_AGAIN, NOT_SENT ->
                throw new IllegalStateException("An answer must be broken off by its upstream, not by " + brokenOff);
        };
    }
}
