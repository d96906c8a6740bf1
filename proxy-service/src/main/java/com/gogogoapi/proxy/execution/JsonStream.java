package com.gogogoapi.proxy.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.execution.Protocol.Verdict;
import com.gogogoapi.proxy.upstream.StreamEvent;
import com.gogogoapi.proxy.upstream.UpstreamReason;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A stream whose events carry JSON, as those of all protocols do: what no client could read does not go on, and what is cut
 * off, no JSON or an error is where the answer breaks. What remains is the protocol's to judge.
 */
public abstract class JsonStream implements Protocol.Stream {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Function<TokenUsage, Usd> costs;
    private final StreamMeter meter = new StreamMeter();

    /** @param costs what a usage will cost the client */
    protected JsonStream(Function<TokenUsage, Usd> costs) {
        this.costs = costs;
    }

    @Override
    public final Verdict look(StreamEvent event) {
        var data = event.data();
        if (data == null) {
            return event.isReadable() ? new Verdict.Forward(event.raw(), false) : new Verdict.Hide();
        }
        if (isEnd(event, data.trim())) {
            return new Verdict.Done();
        }
        if (!event.isWhole()) {
            return new Verdict.Broken("The upstream's last event was cut off.");
        }
        if (data.isBlank()) {
            // By the standard it is no event; some clients take it for one, and cannot read it.
            return new Verdict.Hide();
        }
        return "error".equals(event.type()) ? error(data) : read(event, data);
    }

    private static Verdict error(String data) {
        try {
            return broken(JSON.readTree(data));
        } catch (JacksonException e) {
            return broken(StringNode.valueOf(data));
        }
    }

    /** The upstream says by this that it failed. */
    protected static Verdict broken(JsonNode said) {
        return new Verdict.Broken(UpstreamReason.of(said).after("The upstream reported an error"));
    }

    private Verdict read(StreamEvent event, String data) {
        JsonNode json;
        try {
            json = JSON.readTree(data);
        } catch (JacksonException e) {
            return new Verdict.Broken("The upstream sent an event that is not JSON.");
        }
        return UpstreamReason.isStatedBy(json) ? broken(json) : look(event, json);
    }

    /** Whether data that is no JSON says that this is the end, whole or not. */
    protected boolean isEnd(StreamEvent event, String data) {
        return false;
    }

    /** What becomes of an event that carries JSON and reports no error by it. */
    protected abstract Verdict look(StreamEvent event, JsonNode json);

    protected final StreamMeter meter() {
        return meter;
    }

    /**
     * An event with what a usage in it cost beside the usage.
     *
     * @param json all of the event's data
     * @param shown the usage within it, which is changed
     */
    protected final byte[] withCost(StreamEvent event, JsonNode json, JsonNode shown, TokenUsage stated) {
        var cost = costs.apply(stated);
        if (shown instanceof ObjectNode usage) {
            UsageCost.putInto(usage, cost);
        }
        return event.rawWithData(JSON.writeValueAsString(json).getBytes(UTF_8));
    }

    @Override
    public final Served served() {
        return meter.served();
    }
}
