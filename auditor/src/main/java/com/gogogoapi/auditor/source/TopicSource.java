package com.gogogoapi.auditor.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.InOrder;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.evidence.log.LogRow;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** The topics, read from their beginning without a consumer group, so that reading leaves no trace. */
public final class TopicSource {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, Object> settings;

    /** @param connection where Kafka is and who is asking, in the words of Kafka's own clients */
    public TopicSource(Map<String, Object> connection) {
        settings = new HashMap<>(connection);
        settings.put("max.poll.records", "2000");
        settings.put("fetch.max.bytes", "8388608");
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", "false");
    }

    /** What a shard's partition brings. */
    public sealed interface Published {

        /** The next event. Its number in its account's story, which does not travel with it, is counted. */
        record Next(LogRow row) implements Published {}

        /** An event from so long ago that only the log still knows it; without its number in its account's story. */
        record OldRepeat(LogRow row) implements Published {}
    }

    /**
     * A shard's events as {@link InOrder} reads them.
     *
     * @return throws an {@link com.gogogoapi.contracts.wire.OutOfOrderException} where they do not hold
     */
    public Cursor<Published> shard(int shard) {
        return new Cursor<>() {
            private final Records records = new Records(new TopicPartition(Topics.LEDGER_EVENTS, shard));
            private final Map<String, Long> seqs = new HashMap<>();
            private final Queue<Published> ready = new ArrayDeque<>();
            private final InOrder inOrder =
                    InOrder.fromTheFirst(repeat -> ready.add(new Published.OldRepeat(row(shard, -1, repeat))));

            @Override
            public @Nullable Published next() {
                while (ready.isEmpty()) {
                    var record = records.next();
                    if (record == null) {
                        inOrder.ended();
                        return null;
                    }
                    inOrder.take(record).forEach(this::add);
                }
                return ready.remove();
            }

            private void add(ConsumerRecord<String, byte[]> record) {
                var seq = seqs.merge(record.key(), 0L, (before, none) -> before + 1);
                ready.add(new Published.Next(row(shard, seq, record)));
            }

            @Override
            public void close() {
                records.close();
            }
        };
    }

    private static LogRow row(int shard, long seq, ConsumerRecord<String, byte[]> record) {
        var pos = Long.parseLong(header(record, "ce_sequence"));
        try {
            var trace = record.headers().lastHeader("traceparent");
            return new LogRow(
                    shard,
                    pos,
                    record.key(),
                    seq,
                    UUID.fromString(header(record, "ce_id")),
                    header(record, "ce_type"),
                    record.value(),
                    UUID.fromString(header(record, "ce_causationid")),
                    trace == null ? null : new String(trace.value(), UTF_8),
                    Instant.parse(header(record, "ce_time")).toEpochMilli());
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new SourceException(
                    "ledger-events, shard " + shard + ", sequence " + pos + " must have whole headers", e);
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        if (header == null) {
            throw new SourceException(
                    record.topic() + " offset " + record.offset() + " must have the header " + name + ".");
        }
        return new String(header.value(), UTF_8);
    }

    /** Every price version that was ever published, as often as the topic has it. */
    public List<RoutePricePublished> prices() {
        var prices = new ArrayList<RoutePricePublished>();
        try (var records = new Records(new TopicPartition(Topics.ROUTE_PRICES, 0))) {
            for (var record = records.next(); record != null; record = records.next()) {
                if (EventRecords.decode(record.headers(), record.value())
                        instanceof EventRecords.Decoded.Known(RoutePricePublished price, var metadata)) {
                    prices.add(price);
                }
            }
        }
        return prices;
    }

    /** One partition from its beginning to where it ended when reading began. */
    private final class Records implements AutoCloseable {

        private final KafkaConsumer<String, byte[]> consumer;
        private final TopicPartition partition;
        private final long end;
        private Iterator<ConsumerRecord<String, byte[]>> page =
                List.<ConsumerRecord<String, byte[]>>of().iterator();

        Records(TopicPartition partition) {
            this.partition = partition;
            consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
            try {
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                end = consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
            } catch (KafkaException e) {
                consumer.close();
                throw new SourceException(partition + " must be readable", e);
            }
        }

        @Nullable
        ConsumerRecord<String, byte[]> next() {
            try {
                var until = System.nanoTime() + PATIENCE.toNanos();
                while (!page.hasNext()) {
                    if (consumer.position(partition, PATIENCE) >= end) {
                        return null;
                    }
                    if (System.nanoTime() > until) {
                        throw new SourceException(partition + " must bring more until it ends.");
                    }
                    page = consumer.poll(POLL).iterator();
                }
                return page.next();
            } catch (KafkaException e) {
                throw new SourceException(partition + " must be readable", e);
            }
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
