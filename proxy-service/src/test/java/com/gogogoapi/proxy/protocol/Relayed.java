package com.gogogoapi.proxy.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.execution.Delivered;
import com.gogogoapi.proxy.execution.Protocol;
import com.gogogoapi.proxy.execution.Protocol.Verdict;
import com.gogogoapi.proxy.execution.Served;
import com.gogogoapi.proxy.upstream.EventStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;

/**
 * What became of an upstream's stream.
 *
 * @param sent what the client got of it while it ran
 * @param broken the reason for which it broke; empty if it did not
 */
public record Relayed(Protocol.Stream stream, String sent, boolean isDone, String broken) {

    /** Those of the flash route. */
    public static final Function<TokenUsage, Usd> COSTS = new TokenPrices(
            UsdPerMillion.parse("0.14"), UsdPerMillion.parse("0.0028"), UsdPerMillion.parse("0.28"))::costOf;

    public static Relayed ofStream(Protocol.Stream stream, String events) {
        var sent = new StringBuilder();
        try {
            var in = new EventStream(new ByteArrayInputStream(events.getBytes(UTF_8)));
            for (var event = in.next(); event != null; event = in.next()) {
                switch (stream.look(event)) {
                    case Verdict.Forward(var bytes, var content) -> sent.append(new String(bytes, UTF_8));
                    case Verdict.Hide hidden -> {}
                    case Verdict.Done done -> {
                        return new Relayed(stream, sent.toString(), true, "");
                    }
                    case Verdict.Broken(var reason) -> {
                        return new Relayed(stream, sent.toString(), false, reason);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Relayed(stream, sent.toString(), false, "");
    }

    /** What was generated, as it would be counted. */
    public static String text(Protocol.Stream stream) {
        return text(stream.served());
    }

    public static String text(Served served) {
        return Delivered.text(served);
    }
}
