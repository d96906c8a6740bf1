package com.gogogoapi.proxy.protocol.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.execution.JsonStream;
import com.gogogoapi.proxy.execution.Protocol.Verdict;
import com.gogogoapi.proxy.upstream.StreamEvent;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A stream of a response's events. Its last one has the whole response, with the usage, and is shown with what it cost; there
 * is nothing after it.
 */
final class ResponsesStream extends JsonStream {

    private JsonNode response = MissingNode.getInstance();
    private long lastNumber = -1;
    private byte[] end = new byte[0];

    ResponsesStream(Function<TokenUsage, Usd> costs) {
        super(costs);
    }

    @Override
    protected Verdict look(StreamEvent event, JsonNode json) {
        var type = json.path("type").asString("");
        if (type.isEmpty()) {
            return new Verdict.Broken("The upstream sent an event that is none of a response.");
        }
        if (json.path("sequence_number").canConvertToLong()) {
            lastNumber = json.path("sequence_number").longValue();
        }
        return switch (type) {
            case "response.created", "response.queued", "response.in_progress" -> {
                response = json.path("response");
                meter().named(response.path("id").asString(null));
                // It may still wait for its turn.
                yield new Verdict.Forward(event.raw(), false);
            }
            case "response.completed", "response.incomplete" -> ended(event, json);
            case "response.failed" -> {
                ResponsesUsage.in(json.path("response").path("usage")).ifPresent(meter()::stated);
                yield broken(json.path("response"));
            }
            case "response.output_item.added" -> {
                ResponsesText.begun(json.path("item"), meter().text());
                yield new Verdict.Forward(event.raw(), true);
            }
            default -> {
                if (type.endsWith(".delta")) {
                    ResponsesText.append(json.path("delta"), meter().text());
                }
                yield new Verdict.Forward(event.raw(), type.startsWith("response."));
            }
        };
    }

    private Verdict ended(StreamEvent event, JsonNode json) {
        var shown = json.path("response").path("usage");
        meter().named(json.path("response").path("id").asString(null));
        end = ResponsesUsage.in(shown)
                .map(stated -> {
                    meter().stated(stated);
                    return withCost(event, json, shown, stated.tokens());
                })
                .orElse(event.raw());
        return new Verdict.Done();
    }

    @Override
    public boolean cameToItsEnd() {
        return end.length > 0;
    }

    @Override
    public byte[] end() {
        return end;
    }

    /**
     * The event with which a response fails, for those who go by events. Its {@code error} stands beside the response, too,
     * for those who go by that.
     */
    @Override
    public byte[] brokenOff(ApiError error) {
        var event = JsonMapper.shared().createObjectNode();
        event.put("type", "response.failed");
        event.put("sequence_number", lastNumber + 1);
        var failed = event.putObject("response");
        for (var name : new String[] {"id", "object", "created_at", "model", "parallel_tool_calls", "tool_choice"}) {
            if (response.has(name)) {
                failed.set(name, response.path(name));
            }
        }
        failed.put("status", "failed");
        failed.putObject("error").put("code", error.code()).put("message", String.valueOf(error.getMessage()));
        failed.putNull("incomplete_details");
        failed.putArray("output");
        failed.putArray("tools");
        event.set("error", JsonMapper.shared().valueToTree(error.fields()));
        return ("event: response.failed\ndata: " + JsonMapper.shared().writeValueAsString(event) + "\n\n")
                .getBytes(UTF_8);
    }
}
