package com.gogogoapi.proxy.protocol.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.execution.DeliveredText;
import com.gogogoapi.proxy.execution.Protocol;
import com.gogogoapi.proxy.execution.Protocol.Verdict;
import com.gogogoapi.proxy.execution.Served;
import com.gogogoapi.proxy.upstream.StreamEvent;
import com.gogogoapi.proxy.upstream.UpstreamReason;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A stream of chat chunks: what in it is content, usage, an error or the end. Nearly all of it goes on byte for byte; usage
 * that the client did not ask for is hidden, and what it cost is added to usage that it does see.
 */
final class ChatStream implements Protocol.Stream {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final boolean usageAskedFor;
    private final Function<TokenUsage, Usd> costs;
    private final DeliveredText delivered = new DeliveredText();
    private final StreamEnd end = new StreamEnd();
    // These are read by another thread too, which notes how far it is.
    private volatile Optional<TokenUsage> usage = Optional.empty();
    private volatile @Nullable Long reasoningTokens;
    private volatile @Nullable String upstreamId;

    ChatStream(boolean usageAskedFor, Function<TokenUsage, Usd> costs) {
        this.usageAskedFor = usageAskedFor;
        this.costs = costs;
    }

    @Override
    public Verdict look(StreamEvent event) {
        var data = event.data();
        if (data == null) {
            return event.isReadable() ? new Verdict.Forward(event.raw(), false) : new Verdict.Hide();
        }
        if (end.isSaidBy(data.trim())) {
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

    private static Verdict broken(JsonNode said) {
        return new Verdict.Broken(UpstreamReason.of(said).after("The upstream reported an error"));
    }

    private Verdict read(StreamEvent event, String data) {
        JsonNode json;
        try {
            json = JSON.readTree(data);
        } catch (JacksonException e) {
            return new Verdict.Broken("The upstream sent an event that is not JSON.");
        }
        if (UpstreamReason.isStatedBy(json)) {
            return broken(json);
        }
        if (event.type() != null && !event.type().equals("message")) {
            // Some upstreams' own pings; no client of chat completions reads them as chunks.
            return new Verdict.Forward(event.raw(), false);
        }
        return json instanceof ObjectNode chunk && isChunk(chunk)
                ? chunk(chunk, event)
                : new Verdict.Broken("The upstream sent an event that is no chunk of a completion.");
    }

    private static boolean isChunk(ObjectNode chunk) {
        return chunk.path("choices").isArray() || chunk.path("usage").isObject();
    }

    private Verdict chunk(ObjectNode chunk, StreamEvent event) {
        if (upstreamId == null) {
            upstreamId = chunk.path("id").asString(null);
        }
        var choices = chunk.path("choices");
        for (var choice : choices) {
            GeneratedText.of(choice.path("delta"), delivered);
            end.look(choice);
        }
        var stated = UpstreamUsage.of(chunk.path("usage"));
        if (stated.isEmpty()) {
            return new Verdict.Forward(event.raw(), true);
        }
        if (usage.isEmpty() || !isAllZero(stated.get())) {
            reasoningTokens = UpstreamUsage.reasoningTokens(chunk.path("usage"));
            usage = stated;
        }
        if (usageAskedFor) {
            return new Verdict.Forward(event.rawWithData(withCost(chunk, stated.get())), true);
        }
        return choices.isEmpty() ? new Verdict.Hide() : new Verdict.Forward(event.raw(), true);
    }

    /** Some upstreams end with a usage of nothing but zeros; what was stated before is what was used. */
    private static boolean isAllZero(TokenUsage stated) {
        return stated.promptTokens() == 0 && stated.completionTokens() == 0;
    }

    private byte[] withCost(ObjectNode chunk, TokenUsage stated) {
        var cost = costs.apply(stated);
        if (chunk.path("usage") instanceof ObjectNode shown) {
            shown.put("cost", cost.amount());
            shown.put("cost_usd", cost.toString());
        }
        return JSON.writeValueAsString(chunk).getBytes(UTF_8);
    }

    @Override
    public boolean cameToItsEnd() {
        return end.isReached();
    }

    @Override
    public Served served() {
        return new Served(upstreamId, usage, reasoningTokens, delivered);
    }

    @Override
    public byte[] end() {
        return StreamEnd.lines();
    }

    @Override
    public byte[] brokenOff(ApiError error) {
        return ErrorEvent.of(error);
    }
}
