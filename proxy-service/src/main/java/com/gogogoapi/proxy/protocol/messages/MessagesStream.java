package com.gogogoapi.proxy.protocol.messages;

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
 * A stream of a message's events. What is stated at its beginning is no usage yet, since nothing was generated then; it is
 * stated with the reason to stop, and is shown with what it cost.
 */
final class MessagesStream extends JsonStream {

    private static final String STOP = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    private final MessagesErrors errors;
    private JsonNode usageBefore = MissingNode.getInstance();
    private boolean endReached;
    private byte[] end = STOP.getBytes(UTF_8);

    MessagesStream(MessagesErrors errors, Function<TokenUsage, Usd> costs) {
        super(costs);
        this.errors = errors;
    }

    @Override
    protected Verdict look(StreamEvent event, JsonNode json) {
        return switch (json.path("type").asString("")) {
            case "message_start" -> {
                meter().named(json.path("message").path("id").asString(null));
                usageBefore = json.path("message").path("usage");
                // It may still wait for its turn.
                yield new Verdict.Forward(event.raw(), false);
            }
            case "content_block_start" -> {
                MessagesText.ofBlock(json.path("content_block"), meter().text());
                yield new Verdict.Forward(event.raw(), true);
            }
            case "content_block_delta" -> {
                MessagesText.ofDelta(json.path("delta"), meter().text());
                yield new Verdict.Forward(event.raw(), true);
            }
            case "content_block_stop" -> new Verdict.Forward(event.raw(), true);
            case "message_delta" -> delta(event, json);
            case "message_stop" -> {
                endReached = true;
                end = event.raw();
                yield new Verdict.Done();
            }
            case "" -> new Verdict.Broken("The upstream sent an event that is none of a message.");
            // Pings, and whatever else may come to be; by the protocol clients pass over what they do not know.
            default -> new Verdict.Forward(event.raw(), false);
        };
    }

    private Verdict delta(StreamEvent event, JsonNode json) {
        endReached |= json.path("delta").path("stop_reason").isString();
        var shown = json.path("usage");
        var stated = MessagesUsage.in(shown, usageBefore).orElse(null);
        if (stated == null) {
            return new Verdict.Forward(event.raw(), true);
        }
        meter().stated(stated);
        return new Verdict.Forward(withCost(event, json, shown, stated.tokens()), true);
    }

    @Override
    public boolean cameToItsEnd() {
        return endReached;
    }

    @Override
    public byte[] end() {
        return end;
    }

    @Override
    public byte[] brokenOff(ApiError error) {
        var body = JsonMapper.shared().writeValueAsString(errors.body(error.status(), error.fields()));
        return ("event: error\ndata: " + body + "\n\n").getBytes(UTF_8);
    }
}
