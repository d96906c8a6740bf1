package com.gogogoapi.account;

import com.gogogoapi.contracts.access.ApiKeyPublished;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.Infrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topic {@code api-keys} as its readers see it. */
final class KeyTopic {

    private KeyTopic() {}

    /** All that is on it about a key by now, in its order. */
    static List<ApiKeyPublished> eventsOf(String keyId) {
        try (var consumer = new KafkaConsumer<>(
                Infrastructure.shared().kafka().clientSettings(Map.of("fetch.max.wait.ms", 10)),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var keys = new TopicPartition(Topics.API_KEYS, 0);
            consumer.assign(List.of(keys));
            consumer.seekToBeginning(List.of(keys));
            var end = consumer.endOffsets(List.of(keys)).get(keys);
            var events = new ArrayList<ApiKeyPublished>();
            while (consumer.position(keys) < end) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (EventRecords.decode(record.headers(), record.value())
                                    instanceof EventRecords.Decoded.Known(ApiKeyPublished event, var metadata)
                            && event.keyId().equals(keyId)
                            && event.keyHash().equals(record.key())) {
                        events.add(event);
                    }
                }
            }
            return events;
        }
    }
}
