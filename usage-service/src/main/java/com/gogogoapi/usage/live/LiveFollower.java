package com.gogogoapi.usage.live;

import com.gogogoapi.chassis.kafka.InstalledTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.ConsumerSeekAware;
import org.springframework.stereotype.Component;

/**
 * Reads every shard from its last event on. That one has been decided before, and says up to where: from the read model, which may
 * be late, one would take for told what never comes here.
 *
 * <p>Where Kafka did not say at the start where the ends are, the container reads on as if nothing had happened; so it is asked again
 * between two polls until it has said. All of it on the container's thread.
 */
@Component
class LiveFollower implements BatchConsumerAwareMessageListener<String, byte[]>, ConsumerSeekAware {

    static final String NAME = "live-events";

    private static final Logger log = LoggerFactory.getLogger(LiveFollower.class);
    private static final Duration KAFKA_ANSWERS_WITHIN = Duration.ofSeconds(2);

    private final List<LiveShard> shards;
    private boolean hasBegun;

    LiveFollower(InstalledTopics topics, LiveProperties properties) {
        this.shards = IntStream.range(0, topics.shards())
                .mapToObj(shard -> new LiveShard(shard, properties.recentEvents()))
                .toList();
    }

    LiveShard shard(int shard) {
        return shards.get(shard);
    }

    @Override
    public void onPartitionsAssigned(Map<TopicPartition, Long> ends, ConsumerSeekCallback callback) {
        ends.forEach((partition, end) -> callback.seek(partition.topic(), partition.partition(), lastBefore(end)));
        begin(ends);
    }

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> records, @Nullable Consumer<?, ?> consumer) {
        records.forEach(record -> shards.get(record.partition()).take(record));
        if (consumer != null) {
            beginIfNot(consumer);
        }
    }

    @EventListener
    void nothingCame(ListenerContainerIdleEvent event) {
        if (event.getListenerId().startsWith(NAME) && event.getConsumer() instanceof Consumer<?, ?> consumer) {
            beginIfNot(consumer);
        }
    }

    /** Begins where that failed at the start. */
    void beginIfNot(Consumer<?, ?> consumer) {
        if (hasBegun) {
            return;
        }
        try {
            var ends = consumer.endOffsets(consumer.assignment(), KAFKA_ANSWERS_WITHIN);
            ends.forEach((partition, end) -> consumer.seek(partition, lastBefore(end)));
            begin(ends);
        } catch (KafkaException e) {
            log.warn("Kafka does not say where the events end; none are told yet, asking again", e);
        }
    }

    private static long lastBefore(long end) {
        return Math.max(0, end - 1);
    }

    private void begin(Map<TopicPartition, Long> ends) {
        ends.keySet().forEach(partition -> shards.get(partition.partition()).begin());
        hasBegun = true;
    }
}
