package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.outcome.Ending;
import com.gogogoapi.proxy.upstream.UpstreamAnswer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A completion in one piece: read whole, settled, and passed on byte for byte with what it cost. */
@Component
class WholeAnswer {

    private final Settlement settlement;
    private final int maxBytes;

    WholeAnswer(Settlement settlement, ProxyProperties properties) {
        this.settlement = settlement;
        this.maxBytes = properties.upstream().maxAnswerBytes();
    }

    void relay(UpstreamAnswer answer, HeldRequest hold, HttpServletResponse response) throws IOException {
        byte[] body;
        JsonNode completion;
        try {
            body = answer.body().readNBytes(maxBytes + 1);
            if (body.length > maxBytes) {
                throw new IOException("the answer is larger than " + maxBytes + " bytes");
            }
            // Blank lines before it, with which a waiting upstream keeps the connection alive, are white space to JSON.
            completion = JsonMapper.shared().readTree(body);
            answer.servedWell();
        } catch (IOException | JacksonException e) {
            var brokenOff = answer.brokenOff();
            settlement.end(hold, brokenOff, Served.nothing()).ifPresent(end -> ChargeHeaders.ended(response, end));
            // The upstream may have billed us for it: trying again would be at somebody's expense.
            throw error(brokenOff).withShouldRetry(false).becauseOf(e);
        }
        settlement.end(hold, Ending.IN_ORDER, served(completion)).ifPresent(end -> ChargeHeaders.ended(response, end));
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static Served served(JsonNode completion) {
        var text = new DeliveredText();
        completion.path("choices").forEach(choice -> text.add(choice.path("message")));
        return new Served(completion.path("id").asString(null), UpstreamUsage.of(completion.path("usage")), text);
    }

    private static ApiError error(Ending brokenOff) {
        return switch (brokenOff) {
            case TIMED_OUT -> ApiError.upstreamTimeout("The upstream did not finish in time; nothing was charged.");
            case UPSTREAM_FAILED -> ApiError.upstreamError("The upstream broke off its answer; nothing was charged.");
            case IN_ORDER, CLIENT_LEFT, NOT_SENT ->
                throw new IllegalStateException("An answer must be broken off by its upstream, not by " + brokenOff);
        };
    }
}
