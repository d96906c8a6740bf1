package com.gogogoapi.proxy.chunks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.execution.DeliveredText;
import com.gogogoapi.proxy.execution.JsonStream;
import com.gogogoapi.proxy.execution.Protocol.Verdict;
import com.gogogoapi.proxy.upstream.StreamEvent;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stream of chunks: what in it is content, usage or the end. Nearly all of it goes on byte for byte; usage that the client
 * did not ask for is hidden, and what it cost is added to usage that it does see.
 *
 * <p>It has come to its end when the upstream says that it is done, or had given its reason to finish when it fell silent.
 */
public abstract class ChunkStream extends JsonStream {

    private static final String DONE = "[DONE]";

    private final boolean usageAskedFor;
    private boolean endReached;
    private byte[] end = event(DONE);

    protected ChunkStream(boolean usageAskedFor, Function<TokenUsage, Usd> costs) {
        super(costs);
        this.usageAskedFor = usageAskedFor;
    }

    /** Adds what a chunk's choice has of generated text. */
    protected abstract void generated(JsonNode choice, DeliveredText text);

    @Override
    protected final boolean isEnd(StreamEvent event, String data) {
        var done = data.equals(DONE);
        endReached |= done;
        if (done && event.isWhole()) {
            end = event.raw();
        }
        return done;
    }

    @Override
    protected final Verdict look(StreamEvent event, JsonNode json) {
        if (event.type() != null && !event.type().equals("message")) {
            // Some upstreams' own pings; no client reads them as chunks.
            return new Verdict.Forward(event.raw(), false);
        }
        return json.path("choices").isArray() || json.path("usage").isObject()
                ? chunk(json, event)
                : new Verdict.Broken("The upstream sent an event that is no chunk of a completion.");
    }

    private Verdict chunk(JsonNode chunk, StreamEvent event) {
        meter().named(chunk.path("id").asString(null));
        var choices = chunk.path("choices");
        for (var choice : choices) {
            generated(choice, meter().text());
            endReached |= choice.path("finish_reason").isString();
        }
        var stated = ChunkUsage.in(chunk.path("usage")).orElse(null);
        if (stated == null) {
            return new Verdict.Forward(event.raw(), true);
        }
        meter().stated(stated);
        if (usageAskedFor) {
            return new Verdict.Forward(withCost(event, chunk, chunk.path("usage"), stated.tokens()), true);
        }
        return choices.isEmpty() ? new Verdict.Hide() : new Verdict.Forward(event.raw(), true);
    }

    @Override
    public final boolean cameToItsEnd() {
        return endReached;
    }

    @Override
    public final byte[] end() {
        return end;
    }

    /**
     * An error by itself. Beside {@code choices} it would be overlooked by clients whose schema makes {@code error} optional,
     * and after {@code [DONE]} by all.
     */
    @Override
    public final byte[] brokenOff(ApiError error) {
        return event(JsonMapper.shared().writeValueAsString(error.body()));
    }

    private static byte[] event(String data) {
        return ("data: " + data + "\n\n").getBytes(UTF_8);
    }
}
