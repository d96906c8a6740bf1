package com.gogogoapi.auditor.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.evidence.log.LogRow;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored event as one line of JSON. The payload is a string that holds the stored bytes exactly; bytes that are no UTF-8
 * text, which the ledger never writes, are in {@code payload_base64} instead.
 */
record RowJson(
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

    static final String KIND = "event";

    static String write(LogRow row) {
        var text = new String(row.payload(), UTF_8);
        var exact = Arrays.equals(text.getBytes(UTF_8), row.payload());
        return EventJson.mapper()
                .writeValueAsString(new RowJson(
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
                        exact ? null : Base64.getEncoder().encodeToString(row.payload())));
    }

    static LogRow read(String line) {
        var json = EventJson.mapper().readValue(line, RowJson.class);
        byte[] payload;
        if (json.payload != null) {
            payload = json.payload.getBytes(UTF_8);
        } else if (json.payloadBase64 != null) {
            payload = Base64.getDecoder().decode(json.payloadBase64);
        } else {
            throw new SourceException("an exported event without payload");
        }
        return new LogRow(
                json.shard,
                json.pos,
                json.accountId,
                json.seq,
                json.eventId,
                json.type,
                payload,
                json.causationId,
                json.traceParent,
                json.atMillis);
    }
}
