package com.gogogoapi.quote.learning;

import com.gogogoapi.chassis.kafka.ConsumerThread;
import com.gogogoapi.chassis.kafka.DeadLetters;
import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.messaging.MalformedEventException;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import com.gogogoapi.contracts.wire.Topics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Follows the ledger's events and brings together what was held for a request and what it came to. Starts so many records
 * before the end, which is what an instance that starts late knows.
 */
@Component
class LedgerFollower implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LedgerFollower.class);

    /** Read again at a start, of all partitions together: some tens of thousands of requests, in about a second. */
    private static final long REPLAYED_RECORDS = 100_000;

    /** Holds under way; of more the oldest are not learned from. */
    private static final int MAX_OPEN = 100_000;

    private static final Duration KAFKA_ANSWERS_WITHIN = Duration.ofSeconds(10);

    private final Experience experience;
    private final FollowedShards shards;
    private final KafkaClients kafka;
    private final InstalledTopics topics;
    private final DeadLetters deadLetters;
    private @Nullable ConsumerThread thread;

    LedgerFollower(
            Experience experience,
            FollowedShards shards,
            KafkaClients kafka,
            InstalledTopics topics,
            DeadLetters deadLetters) {
        this.experience = experience;
        this.shards = shards;
        this.kafka = kafka;
        this.topics = topics;
        this.deadLetters = deadLetters;
    }

    @Override
    public synchronized void start() {
        // Nobody waits for what is learned: let the broker gather some of it.
        var patient = Map.<String, Object>of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        thread = ConsumerThread.start("ledger-follower", kafka.newUngroupedConsumer(patient), new Follower());
    }

    private final class Follower implements ConsumerThread.Reader {

        private final SequencedMap<UUID, CreditReserved> open = new LinkedHashMap<>();

        @Override
        public void begin(Consumer<String, byte[]> following) {
            var partitions = IntStream.range(0, topics.shards())
                    .mapToObj(shard -> new TopicPartition(Topics.LEDGER_EVENTS, shard))
                    .toList();
            following.assign(partitions);
            try {
                seekBack(following, partitions);
            } catch (TimeoutException e) {
                log.warn("Kafka does not say what there is to learn from; learning begins now", e);
                following.seekToEnd(partitions);
            }
        }

        private void seekBack(Consumer<String, byte[]> following, List<TopicPartition> partitions) {
            var first = following.beginningOffsets(partitions, KAFKA_ANSWERS_WITHIN);
            var end = following.endOffsets(partitions, KAFKA_ANSWERS_WITHIN);
            var back = REPLAYED_RECORDS / partitions.size();
            for (var partition : partitions) {
                var from = Math.max(first.getOrDefault(partition, 0L), end.getOrDefault(partition, 0L) - back);
                following.seek(partition, from);
            }
        }

        @Override
        public void read(ConsumerRecords<String, byte[]> records) {
            records.forEach(this::read);
        }

        private void read(ConsumerRecord<String, byte[]> record) {
            try {
                shards.take(record).forEach(this::readInTurn);
            } catch (MalformedEventException e) {
                deadLetters.setAside(record, "malformed", String.valueOf(e.getMessage()));
            }
        }

        private void readInTurn(ConsumerRecord<String, byte[]> record) {
            switch (EventRecords.decode(record.headers(), record.value())) {
                case Decoded.Known(LedgerEvent event, var metadata) -> follow(event);
                case Decoded.Known known -> deadLetters.setAside(record, "malformed", "not a ledger event");
                case Decoded.UnknownType unknown -> log.debug("nothing to learn from {}", unknown.wireName());
                case Decoded.Malformed malformed -> deadLetters.setAside(record, "malformed", malformed.reason());
            }
        }

        private void follow(LedgerEvent event) {
            switch (event) {
                case CreditReserved reserved -> {
                    if (open.size() == MAX_OPEN) {
                        open.pollFirstEntry();
                    }
                    open.put(reserved.requestId(), reserved);
                }
                case CreditSettled settled -> {
                    var reserved = open.remove(settled.requestId());
                    if (reserved != null) {
                        experience.learn(reserved, settled);
                    }
                }
                case CreditReleased released -> open.remove(released.requestId());
                case CreditRefused refused -> log.trace("nothing was held for {}", refused.requestId());
                case CreditRevoked revoked -> log.trace("nothing was asked by {}", revoked.requestId());
                case CreditExpired expired -> log.trace("nothing was asked by {}", expired.requestId());
                case CreditGranted granted -> log.trace("nothing was asked by {}", granted.requestId());
            }
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.close();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
