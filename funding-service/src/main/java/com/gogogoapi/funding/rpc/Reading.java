package com.gogogoapi.funding.rpc;

import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.Hex;
import com.gogogoapi.funding.rpc.RpcException.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what a node writes; what is not as it must be is an {@link RpcException} and never a guess. */
final class Reading {

    private static final Pattern HASH = Pattern.compile("0x[0-9a-f]{64}");
    private static final Pattern BYTES = Pattern.compile("0x([0-9a-f]{2})*");

    private Reading() {}

    interface Reader<T> {
        T read(JsonNode json);
    }

    static <T> T read(String method, JsonNode json, Reader<T> reader) throws RpcException {
        try {
            return reader.read(json);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new RpcException(Kind.UNREADABLE, method + ": " + e.getMessage(), e);
        }
    }

    static Block block(JsonNode json) {
        var transactions = new ArrayList<Block.Transaction>();
        for (var each : json.path("transactions")) {
            if (each.isObject()) {
                transactions.add(new Block.Transaction(
                        hash(each, "hash"),
                        address(each, "from"),
                        optionalAddress(each, "to"),
                        Hex.big(text(each, "value"))));
            }
        }
        return new Block(
                Hex.number(text(json, "number")),
                hash(json, "hash"),
                hash(json, "parentHash"),
                Instant.ofEpochSecond(seconds(json)),
                transactions);
    }

    private static long seconds(JsonNode block) {
        var seconds = Hex.number(text(block, "timestamp"));
        try {
            return Instant.ofEpochSecond(seconds).getEpochSecond();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("timestamp must be a time.", e);
        }
    }

    static List<Log> logs(JsonNode json) {
        if (!json.isArray()) {
            throw new IllegalArgumentException("Logs must be a list.");
        }
        var logs = new ArrayList<Log>();
        for (var each : json) {
            logs.add(log(each));
        }
        return logs;
    }

    private static Log log(JsonNode json) {
        var topics = new ArrayList<String>();
        for (var topic : json.path("topics")) {
            topics.add(matching(topic.asString(""), HASH, "topics"));
        }
        return new Log(
                address(json, "address"),
                List.copyOf(topics),
                matching(text(json, "data"), BYTES, "data"),
                Hex.number(text(json, "blockNumber")),
                hash(json, "blockHash"),
                hash(json, "transactionHash"),
                Math.toIntExact(Hex.number(text(json, "logIndex"))));
    }

    static Receipt receipt(JsonNode json) {
        return new Receipt(
                hash(json, "transactionHash"),
                hash(json, "blockHash"),
                Hex.number(text(json, "status")) == 1,
                logs(json.path("logs")));
    }

    private static @Nullable EvmAddress optionalAddress(JsonNode json, String field) {
        return json.hasNonNull(field) ? address(json, field) : null;
    }

    private static EvmAddress address(JsonNode json, String field) {
        return new EvmAddress(text(json, field).toLowerCase(Locale.ROOT));
    }

    private static String hash(JsonNode json, String field) {
        return matching(text(json, field), HASH, field);
    }

    private static String matching(String text, Pattern pattern, String field) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (!pattern.matcher(lower).matches()) {
            throw new IllegalArgumentException(field + " must be bytes in hexadecimal.");
        }
        return lower;
    }

    private static String text(JsonNode json, String field) {
        var value = json.path(field);
        if (!value.isString()) {
            throw new IllegalArgumentException(field + " must be a text.");
        }
        return value.asString();
    }
}
