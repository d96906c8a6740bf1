package com.gogogoapi.proxy.protocol.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.execution.DeliveredText;
import com.gogogoapi.proxy.execution.Protocol;
import com.gogogoapi.proxy.execution.Protocol.Verdict;
import com.gogogoapi.proxy.execution.Served;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stream of chat chunks: what in it is content, usage, an error or the end. Nearly all of it goes on byte for byte; usage
 * that the client did not ask for is hidden, and what it cost is added to usage that it did ask for.
 */
final class ChatStream implements Protocol.Stream {

    private static final byte[] DATA = "data:".getBytes(UTF_8);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final boolean usageAskedFor;
    private final TokenPrices prices;
    private final DeliveredText delivered = new DeliveredText();
    private final StreamEnd end = new StreamEnd();
    private Optional<TokenUsage> usage = Optional.empty();
    private @Nullable String upstreamId;
    private boolean hiding;

    ChatStream(boolean usageAskedFor, TokenPrices prices) {
        this.usageAskedFor = usageAskedFor;
        this.prices = prices;
    }

    @Override
    public Verdict look(byte[] line) {
        if (!isData(line)) {
            // The blank line that ends a hidden event goes with it.
            var hidden = hiding && isBlank(line);
            hiding = hiding && !isBlank(line);
            return hidden ? new Verdict.Hide() : new Verdict.Forward(line, false);
        }
        var data = new String(line, DATA.length, line.length - DATA.length, UTF_8).trim();
        if (end.isSaidBy(data)) {
            return new Verdict.Done();
        }
        try {
            return JSON.readTree(data) instanceof ObjectNode chunk
                    ? lookAtChunk(chunk, line)
                    : new Verdict.Forward(line, true);
        } catch (JacksonException e) {
            return new Verdict.Broken("The upstream sent a chunk that is not JSON.");
        }
    }

    private Verdict lookAtChunk(ObjectNode chunk, byte[] line) {
        if (chunk.path("error").isObject()) {
            return new Verdict.Broken("The upstream reported an error in the middle of its answer.");
        }
        if (upstreamId == null) {
            upstreamId = chunk.path("id").asString(null);
        }
        var choices = chunk.path("choices");
        for (var choice : choices) {
            GeneratedText.of(choice.path("delta"), delivered);
            end.look(choice);
        }
        var stated = UpstreamUsage.of(chunk.path("usage"));
        if (stated.isPresent()) {
            usage = stated;
            if (choices.isEmpty()) {
                if (!usageAskedFor) {
                    hiding = true;
                    return new Verdict.Hide();
                }
                return new Verdict.Forward(withCost(chunk, stated.get()), true);
            }
        }
        return new Verdict.Forward(line, true);
    }

    private byte[] withCost(ObjectNode chunk, TokenUsage stated) {
        var cost = prices.costOf(stated);
        if (chunk.path("usage") instanceof ObjectNode shown) {
            shown.put("cost", cost.amount());
            shown.put("cost_usd", cost.toString());
        }
        return ("data: " + JSON.writeValueAsString(chunk) + "\n").getBytes(UTF_8);
    }

    private static boolean isData(byte[] line) {
        return line.length >= DATA.length && Arrays.equals(line, 0, DATA.length, DATA, 0, DATA.length);
    }

    private static boolean isBlank(byte[] line) {
        return line.length == 1 || (line.length == 2 && line[0] == '\r');
    }

    @Override
    public boolean cameToItsEnd() {
        return end.isReached();
    }

    @Override
    public Served served() {
        return new Served(upstreamId, usage, delivered);
    }

    @Override
    public byte[] end() {
        return StreamEnd.lines();
    }

    @Override
    public byte[] brokenOff(ApiError error) {
        return ErrorChunk.lines(upstreamId, error);
    }
}
