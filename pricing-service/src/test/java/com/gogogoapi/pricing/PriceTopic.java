package com.gogogoapi.pricing;

import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.Infrastructure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topic {@code route-prices} as its readers see it. */
final class PriceTopic {

    private PriceTopic() {}

    /** A reader that is about to read from the beginning. */
    static KafkaConsumer<String, byte[]> consumer() {
        var consumer = new KafkaConsumer<>(
                Infrastructure.shared().kafka().clientSettings(Map.of("fetch.max.wait.ms", 10)),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(new TopicPartition(Topics.ROUTE_PRICES, 0)));
        consumer.seekToBeginning(consumer.assignment());
        return consumer;
    }

    /** All that is on it by now: the last event of each key. */
    static Map<String, Object> events() {
        try (var consumer = consumer()) {
            var from = consumer.assignment().iterator().next();
            var end = consumer.endOffsets(List.of(from)).get(from);
            var events = new HashMap<String, Object>();
            while (consumer.position(from) < end) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (EventRecords.decode(record.headers(), record.value())
                            instanceof EventRecords.Decoded.Known(var event, var metadata)) {
                        events.put(record.key(), event);
                    }
                }
            }
            return events;
        }
    }
}
