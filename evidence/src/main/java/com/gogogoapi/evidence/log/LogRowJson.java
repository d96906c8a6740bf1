package com.gogogoapi.evidence.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.contracts.messaging.EventJson;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored event as one line of JSON. The payload is a string that holds the stored bytes exactly; bytes that are no UTF-8
 * text, which the ledger never writes, are in {@code payload_base64} instead.
 */
public record LogRowJson(
        String kind,
        int shard,
        @JsonProperty("sequence") long pos,
        @JsonProperty("account_id") String accountId,
        @JsonProperty("account_sequence") long seq,
        @JsonProperty("event_id") UUID eventId,
        String type,
        @JsonProperty("causation_id") UUID causationId,
        @JsonProperty("trace_parent") @Nullable String traceParent,
        @JsonProperty("at_millis") long atMillis,
        @Nullable String payload,
        @JsonProperty("payload_base64") @Nullable String payloadBase64) {

    public static final String KIND = "event";

    public static LogRowJson of(LogRow row) {
        var text = new String(row.payload(), UTF_8);
        var exact = Arrays.equals(text.getBytes(UTF_8), row.payload());
        return new LogRowJson(
                KIND,
                row.shard(),
                row.pos(),
                row.accountId(),
                row.seq(),
                row.eventId(),
                row.type(),
                row.causationId(),
                row.traceParent(),
                row.atMillis(),
                exact ? text : null,
                exact ? null : Base64.getEncoder().encodeToString(row.payload()));
    }

    public static String write(LogRow row) {
        return EventJson.mapper().writeValueAsString(of(row));
    }

    /** @throws IllegalArgumentException if there is no payload, or it is not what it says */
    public LogRow row() {
        byte[] bytes;
        if (payload != null) {
            bytes = payload.getBytes(UTF_8);
        } else if (payloadBase64 != null) {
            bytes = Base64.getDecoder().decode(payloadBase64);
        } else {
            throw new IllegalArgumentException("An event must have a payload.");
        }
        return new LogRow(shard, pos, accountId, seq, eventId, type, bytes, causationId, traceParent, atMillis);
    }

    public static LogRow read(String line) {
        return EventJson.mapper().readValue(line, LogRowJson.class).row();
    }
}
