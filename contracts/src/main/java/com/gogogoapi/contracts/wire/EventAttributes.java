package com.gogogoapi.contracts.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.messaging.InstantText;
import com.gogogoapi.contracts.messaging.MalformedEventException;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents attributes of a record, as texts found in one pass over its headers and read when they are asked for;
 * of a name given twice the last counts.
 */
public final class EventAttributes {

    private @Nullable String id;
    private @Nullable String type;
    private @Nullable String source;
    private @Nullable String time;
    private @Nullable String causationId;
    private @Nullable String sequence;
    private @Nullable String replyPartition;
    private @Nullable String traceParent;
    private @Nullable String macKey;
    private byte @Nullable [] mac;

    private EventAttributes() {}

    public static EventAttributes of(Headers headers) {
        var attributes = new EventAttributes();
        for (var header : headers) {
            attributes.take(header);
        }
        return attributes;
    }

    private void take(Header header) {
        switch (header.key()) {
            case "ce_id" -> id = text(header);
            case "ce_type" -> type = text(header);
            case "ce_source" -> source = text(header);
            case "ce_time" -> time = text(header);
            case "ce_causationid" -> causationId = text(header);
            case "ce_sequence" -> sequence = text(header);
            case "replypartition" -> replyPartition = text(header);
            case "traceparent" -> traceParent = text(header);
            case IntakeSecret.KEY_HEADER -> macKey = text(header);
            case IntakeSecret.MAC_HEADER -> mac = header.value();
            default -> {
                // Others may add what they like.
            }
        }
    }

    private static @Nullable String text(Header header) {
        return header.value() == null ? null : new String(header.value(), UTF_8);
    }

    /** {@code ce_type}; null if there is none. */
    public @Nullable String type() {
        return type;
    }

    /**
     * {@code ce_id}.
     *
     * @throws MalformedEventException if there is none
     * @throws IllegalArgumentException if it is no UUID
     */
    public UUID id() {
        return UUID.fromString(required("ce_id", id));
    }

    /** {@code ce_id} as it is; null if there is none. */
    @Nullable
    String idText() {
        return id;
    }

    /** {@code replypartition} as it is; null if there is none. */
    @Nullable
    String replyPartitionText() {
        return replyPartition;
    }

    /** By which the record says who made it; null if it does not say. */
    public IntakeSecret.@Nullable Seal seal() {
        return macKey == null || mac == null ? null : new IntakeSecret.Seal(macKey, mac);
    }

    /**
     * Where the answer is awaited; null if nobody waits.
     *
     * @throws NumberFormatException if it is no number
     */
    public @Nullable Integer replyPartition() {
        return replyPartition == null ? null : Integer.valueOf(replyPartition);
    }

    /** W3C Trace Context; null if it belongs to no trace. */
    public @Nullable String traceParent() {
        return traceParent;
    }

    /**
     * All of them.
     *
     * @throws MalformedEventException if a required one is missing
     * @throws IllegalArgumentException if an id or a number has another form
     * @throws java.time.format.DateTimeParseException if {@code ce_time} has another form
     */
    EventMetadata metadata() {
        return new EventMetadata(
                id(),
                required("ce_source", source),
                InstantText.read(required("ce_time", time)),
                causationId == null ? null : UUID.fromString(causationId),
                sequence == null ? null : Long.valueOf(sequence),
                replyPartition(),
                traceParent);
    }

    private static String required(String name, @Nullable String value) {
        if (value == null) {
            throw new MalformedEventException("There must be a header " + name + ".");
        }
        return value;
    }
}
