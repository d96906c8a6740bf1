package com.gogogoapi.contracts.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.messaging.Event;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.messaging.InstantText;
import com.gogogoapi.contracts.messaging.MalformedEventException;
import java.time.format.DateTimeParseException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Events as Kafka records: the CloudEvents 1.0 Kafka binding in binary mode (attributes in {@code ce_} headers, the JSON
 * of the event alone as the value).
 */
public final class EventRecords {

    private static final byte[] SPEC_VERSION = "1.0".getBytes(UTF_8);
    private static final byte[] JSON_CONTENT = "application/json".getBytes(UTF_8);

    private EventRecords() {}

    /**
     * @param partition the partition to write, or null to let the key decide
     * @param key the record's key: the account, or the price version on {@code route-prices}
     */
    public static ProducerRecord<String, byte[]> record(
            String topic, @Nullable Integer partition, String key, Event event, EventMetadata metadata) {
        return record(topic, partition, key, EventType.of(event).wireName(), EventJson.write(event), metadata);
    }

    /** The same for an event whose bytes are at hand already: what was stored is what is published. */
    public static ProducerRecord<String, byte[]> record(
            String topic,
            @Nullable Integer partition,
            String key,
            String wireName,
            byte[] json,
            EventMetadata metadata) {
        return new ProducerRecord<>(topic, partition, key, json, headers(key, wireName, metadata));
    }

    /** The headers alone, for a record that goes to several topics: once sent, headers may be shared. */
    public static Headers headers(String key, String wireName, EventMetadata metadata) {
        var headers = new RecordHeaders();
        headers.add("content-type", JSON_CONTENT);
        headers.add("ce_specversion", SPEC_VERSION);
        put(headers, "ce_id", metadata.id());
        put(headers, "ce_type", wireName);
        put(headers, "ce_source", metadata.source());
        put(headers, "ce_time", InstantText.write(metadata.time()));
        put(headers, "ce_subject", key);
        put(headers, "ce_causationid", metadata.causationId());
        put(headers, "ce_sequence", metadata.sequence());
        put(headers, "replypartition", metadata.replyPartition());
        put(headers, "traceparent", metadata.traceParent());
        return headers;
    }

    private static void put(Headers headers, String name, @Nullable Object value) {
        if (value != null) {
            headers.add(name, value.toString().getBytes(UTF_8));
        }
    }

    /** What a record turned out to be. */
    public sealed interface Decoded {

        /** An event this build knows. */
        record Known(Event event, EventMetadata metadata) implements Decoded {}

        /** An event of a type this build does not know: to be counted and set aside, never to be retried in a loop. */
        record UnknownType(String wireName) implements Decoded {}

        /** Not an event at all, or one with broken content. */
        record Malformed(String reason) implements Decoded {}
    }

    /** Reads a record's headers and value; never throws for what is in them. */
    public static Decoded decode(Headers headers, byte @Nullable [] value) {
        var attributes = EventAttributes.of(headers);
        var wireName = attributes.type();
        if (wireName == null) {
            return new Decoded.Malformed("There must be a header ce_type.");
        }
        var type = EventType.named(wireName);
        if (type.isEmpty()) {
            return new Decoded.UnknownType(wireName);
        }
        if (value == null) {
            return new Decoded.Malformed("The record must have a value.");
        }
        try {
            return new Decoded.Known(EventJson.read(value, type.get().eventClass()), attributes.metadata());
        } catch (JacksonException e) {
            return new Decoded.Malformed(e.getOriginalMessage());
        } catch (IllegalArgumentException | DateTimeParseException | MalformedEventException e) {
            return new Decoded.Malformed(String.valueOf(e.getMessage()));
        }
    }
}
