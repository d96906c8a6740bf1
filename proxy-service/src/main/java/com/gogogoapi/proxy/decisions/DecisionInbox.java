package com.gogogoapi.proxy.decisions;

import com.gogogoapi.chassis.installation.InstallationProperties;
import com.gogogoapi.chassis.kafka.ConsumerThread;
import com.gogogoapi.chassis.kafka.DeadLetters;
import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import com.gogogoapi.contracts.wire.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Receives the ledger's decisions. The instances share the partitions of {@code credit-decisions} among them; each names
 * one of its own in what it asks, so no instance reads another's answers.
 *
 * <p>Only what comes after the assignment matters: a partition is read from its end, and named only once that end is
 * known. If a partition moves away while an answer is on its way, the asker falls back to the ledger itself.
 */
@Component("decisions")
class DecisionInbox implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(DecisionInbox.class);

    private final KafkaClients kafka;
    private final InstallationProperties installation;
    private final DeadLetters deadLetters;
    /** Two who execute one quote wait for the same decision. */
    private final Map<Expected, List<Expectation>> expectations = new ConcurrentHashMap<>();

    private volatile OptionalInt replyPartition = OptionalInt.empty();
    private @Nullable ConsumerThread thread;

    DecisionInbox(
            KafkaClients kafka, InstallationProperties installation, InstalledTopics topics, DeadLetters deadLetters) {
        this.kafka = kafka;
        this.installation = installation;
        this.deadLetters = deadLetters;
        log.debug("decisions are received on some of {} partitions", topics.shards());
    }

    /** Where answers to this instance go; empty while it has no partition. */
    OptionalInt replyPartition() {
        return replyPartition;
    }

    /** Registers interest; to be called before the question is asked, and closed in any case. */
    Expectation expect(Expected expected) {
        var expectation = new Expectation(withdrawn -> expectations.computeIfPresent(
                expected, (key, waiting) -> waiting.size() == 1 ? null : without(waiting, withdrawn)));
        expectations.merge(expected, List.of(expectation), DecisionInbox::together);
        return expectation;
    }

    private static List<Expectation> together(List<Expectation> some, List<Expectation> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static List<Expectation> without(List<Expectation> waiting, Expectation withdrawn) {
        return waiting.stream().filter(other -> other != withdrawn).toList();
    }

    @Override
    public synchronized void start() {
        var settings = new HashMap<String, Object>();
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
        var instanceId = installation.instanceId();
        if (instanceId != null) {
            settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId);
        }
        thread = ConsumerThread.start("decision-inbox", kafka.newConsumer("proxy-decisions", settings), new Receiver());
    }

    private final class Receiver implements ConsumerThread.Reader {

        @Override
        public void begin(Consumer<String, byte[]> receiving) {
            receiving.subscribe(List.of(Topics.CREDIT_DECISIONS), new Partitions(receiving));
        }

        @Override
        public void read(ConsumerRecords<String, byte[]> records) {
            records.forEach(DecisionInbox.this::deliver);
        }
    }

    private void deliver(ConsumerRecord<String, byte[]> record) {
        switch (EventRecords.decode(record.headers(), record.value())) {
            case Decoded.Known(LedgerEvent event, var metadata) -> {
                expectations
                        .getOrDefault(Expected.answeredBy(event), List.of())
                        .forEach(expectation -> expectation.fulfil(event));
            }
            case Decoded.Known known -> deadLetters.setAside(record, "malformed", "not a decision");
            case Decoded.UnknownType unknown -> deadLetters.setAside(record, "unknown-type", unknown.wireName());
            case Decoded.Malformed malformed -> deadLetters.setAside(record, "malformed", malformed.reason());
        }
    }

    /** The partitions of this instance; used on the consumer's thread alone. */
    private final class Partitions implements ConsumerRebalanceListener {

        private final Consumer<String, byte[]> receiving;
        private final SortedSet<Integer> owned = new TreeSet<>();

        Partitions(Consumer<String, byte[]> receiving) {
            this.receiving = receiving;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (partitions.isEmpty()) {
                return;
            }
            receiving.seekToEnd(partitions);
            for (var partition : partitions) {
                // Asking for the position makes the consumer find the end now, before anybody is told of the partition.
                receiving.position(partition);
                owned.add(partition.partition());
            }
            replyPartition = OptionalInt.of(owned.first());
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> owned.remove(partition.partition()));
            replyPartition = owned.isEmpty() ? OptionalInt.empty() : OptionalInt.of(owned.first());
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

    /** Stops after the web server, whose last requests still wait for decisions. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public Health health() {
        return (replyPartition.isPresent() ? Health.up() : Health.down()).build();
    }
}
