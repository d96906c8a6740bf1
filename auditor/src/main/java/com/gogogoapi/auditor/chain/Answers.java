package com.gogogoapi.auditor.chain;

import com.gogogoapi.auditor.source.SourceException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads what a node writes. What is not as it must be ends the audit: it is no evidence for or against anything. */
final class Answers {

    /** Keccak-256 of {@code Transfer(address,address,uint256)}. */
    static final String TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

    private static final Pattern HASH = Pattern.compile("0x[0-9a-f]{64}");
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{40}");
    private static final Pattern QUANTITY = Pattern.compile("0x[0-9a-f]{1,64}");
    private static final String NO_ADDRESS_ABOVE = "0x" + "0".repeat(24);
    private static final int WORD_CHARS = 66;
    private static final int TOPICS_OF_A_TOKEN = 3;

    private Answers() {}

    static <T> T read(String node, String method, JsonNode json, Function<JsonNode, T> reader) {
        try {
            return reader.apply(json);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new SourceException("Node " + node + " must answer " + method + " readably", e);
        }
    }

    static Block block(JsonNode json) {
        return new Block(number(json, "number"), hash(json, "hash"), Instant.ofEpochSecond(number(json, "timestamp")));
    }

    static Receipt receipt(JsonNode json) {
        var logs = json.path("logs");
        return new Receipt(
                hash(json, "transactionHash"),
                number(json, "blockNumber"),
                hash(json, "blockHash"),
                number(json, "status") == 1,
                transfers(logs),
                logs.size());
    }

    /** Those logs that are a token's transfers: a thing by itself, whose number is a fourth topic, is none. */
    static List<Transfer> transfers(JsonNode logs) {
        if (!logs.isArray()) {
            throw new IllegalArgumentException("Logs must be a list.");
        }
        var transfers = new ArrayList<Transfer>();
        for (var log : logs) {
            transfer(log).ifPresent(transfers::add);
        }
        return transfers;
    }

    private static Optional<Transfer> transfer(JsonNode log) {
        var topics = log.path("topics");
        var data = text(log, "data");
        if (topics.size() != TOPICS_OF_A_TOKEN
                || !topics.path(0).asString("").toLowerCase(Locale.ROOT).equals(TRANSFER)
                || data.length() < WORD_CHARS) {
            return Optional.empty();
        }
        var from = topics.path(1).asString("").toLowerCase(Locale.ROOT);
        var to = topics.path(2).asString("").toLowerCase(Locale.ROOT);
        if (!from.startsWith(NO_ADDRESS_ABOVE) || !to.startsWith(NO_ADDRESS_ABOVE)) {
            return Optional.empty();
        }
        return Optional.of(new Transfer(
                matching(text(log, "address"), ADDRESS, "address"),
                address(from),
                address(to),
                big(data.substring(0, WORD_CHARS)),
                number(log, "blockNumber"),
                hash(log, "blockHash"),
                hash(log, "transactionHash"),
                Math.toIntExact(number(log, "logIndex"))));
    }

    private static String address(String word) {
        return matching("0x" + word.substring(NO_ADDRESS_ABOVE.length()), ADDRESS, "topics");
    }

    /** An address as topics and calls have it. */
    static String word(String address) {
        return NO_ADDRESS_ABOVE + address.substring(2);
    }

    static String quantity(long number) {
        return "0x" + Long.toHexString(number);
    }

    static BigInteger big(String text) {
        return new BigInteger(matching(text, QUANTITY, "A number").substring(2), 16);
    }

    private static long number(JsonNode json, String field) {
        return big(text(json, field)).longValueExact();
    }

    private static String hash(JsonNode json, String field) {
        return matching(text(json, field), HASH, field);
    }

    private static String matching(String text, Pattern pattern, String field) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (!pattern.matcher(lower).matches()) {
            throw new IllegalArgumentException(field + " must be in hexadecimal.");
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
