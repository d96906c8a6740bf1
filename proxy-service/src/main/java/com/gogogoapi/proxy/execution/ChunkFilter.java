package com.gogogoapi.proxy.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at each line of a stream and says what becomes of it. Remembers what settling needs: the last usage stated, what
 * was delivered, and whether the stream came to its end.
 */
final class ChunkFilter {

    private static final byte[] DATA = "data:".getBytes(UTF_8);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final boolean usageAskedFor;
    private final TokenPrices prices;
    private final DeliveredText delivered = new DeliveredText();
    private Optional<TokenUsage> usage = Optional.empty();
    private @Nullable String upstreamId;
    private boolean done;
    private boolean finished;
    private boolean hiding;

    ChunkFilter(boolean usageAskedFor, TokenPrices prices) {
        this.usageAskedFor = usageAskedFor;
        this.prices = prices;
    }

    /** What becomes of a line. */
    sealed interface Verdict {
        /** It goes on, as it came or altered; {@code content} tells progress from mere signs of life. */
        @SuppressWarnings("ArrayRecordComponent") // written, never compared
        record Forward(byte[] line, boolean content) implements Verdict {}

        /** The client did not ask for it. */
        record Hide() implements Verdict {}

        /** The stream's end, to be passed on once the request is settled. */
        record Done() implements Verdict {}

        /** The upstream reports an error in the middle. */
        record Broken(String message) implements Verdict {}
    }

    Verdict look(byte[] line) {
        if (!isData(line)) {
            // The blank line that ends a hidden event goes with it.
            var hidden = hiding && isBlank(line);
            hiding = hiding && !isBlank(line);
            return hidden ? new Verdict.Hide() : new Verdict.Forward(line, false);
        }
        var data = new String(line, DATA.length, line.length - DATA.length, UTF_8).trim();
        if (data.equals("[DONE]")) {
            done = true;
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
            delivered.add(choice.path("delta"));
            finished |= choice.path("finish_reason").isString();
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
        return line.length >= DATA.length && java.util.Arrays.equals(line, 0, DATA.length, DATA, 0, DATA.length);
    }

    private static boolean isBlank(byte[] line) {
        return line.length == 1 || (line.length == 2 && line[0] == '\r');
    }

    Served served() {
        return new Served(upstreamId, usage, delivered);
    }

    /** Whether the upstream ended the answer in order: it said so, or had given its reason to finish. */
    boolean cameToItsEnd() {
        return done || finished;
    }
}
