package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.upstream.UpstreamAnswer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A completion in one piece: read whole, settled, and passed on byte for byte with what it cost. */
@Component
class WholeAnswer {

    private final Holds holds;
    private final DeliveredTokens deliveredTokens;
    private final int maxBytes;

    WholeAnswer(Holds holds, DeliveredTokens deliveredTokens, ProxyProperties properties) {
        this.holds = holds;
        this.deliveredTokens = deliveredTokens;
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
            var outcome = answer.timedOut() ? Outcome.TIMED_OUT : Outcome.UPSTREAM_FAILED;
            holds.release(hold, outcome).ifPresent(end -> ChargeHeaders.ended(response, end));
            var error = answer.timedOut()
                    ? ApiError.upstreamTimeout("The upstream did not finish in time; nothing was charged.")
                    : ApiError.upstreamError("The upstream broke off its answer; nothing was charged.");
            // The upstream may have billed us for it: trying again would be at somebody's expense.
            throw error.withShouldRetry(false).becauseOf(e);
        }
        settle(hold, completion).ifPresent(end -> ChargeHeaders.ended(response, end));
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private Optional<LedgerEvent> settle(HeldRequest hold, JsonNode completion) {
        var upstreamId = completion.path("id").asString(null);
        var usage = UpstreamUsage.of(completion.path("usage"));
        if (usage.isPresent()) {
            return holds.settle(hold, Outcome.COMPLETED, usage.get(), false, upstreamId);
        }
        var delivered = new DeliveredText();
        completion.path("choices").forEach(choice -> delivered.add(choice.path("message")));
        return delivered.isEmpty()
                ? holds.release(hold, Outcome.NOTHING_SERVED)
                : holds.settle(
                        hold, Outcome.USAGE_MISSING, deliveredTokens.estimate(hold, delivered), true, upstreamId);
    }
}
