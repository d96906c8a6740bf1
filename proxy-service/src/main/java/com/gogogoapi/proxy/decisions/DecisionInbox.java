package com.gogogoapi.proxy.decisions;

import com.gogogoapi.chassis.kafka.DeadLetters;
import com.gogogoapi.contracts.ledger.LedgerAnswer;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import com.gogogoapi.contracts.wire.RateStandings;
import com.gogogoapi.proxy.rates.KnownRates;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.stereotype.Component;

/**
 * Receives the ledger's decisions. The instances share the partitions of {@code credit-decisions} among them; each names
 * one of its own in what it asks, so no instance reads another's answers.
 *
 * <p>Only what comes after the assignment matters: a partition is read from its end, and named only once that end is
 * known. If a partition moves away while an answer is on its way, the asker falls back to the ledger itself.
 */
@Component("decisions")
class DecisionInbox implements MessageListener<String, byte[]>, ConsumerAwareRebalanceListener, HealthIndicator {

    private final DeadLetters deadLetters;
    private final KnownRates rates;
    /** Two who execute one quote wait for the same decision. */
    private final Map<Expected, List<Expectation>> expectations = new ConcurrentHashMap<>();

    /** The partitions of this instance; used on the consumer's thread alone. */
    private final SortedSet<Integer> owned = new TreeSet<>();

    private volatile OptionalInt replyPartition = OptionalInt.empty();

    DecisionInbox(DeadLetters deadLetters, KnownRates rates) {
        this.deadLetters = deadLetters;
        this.rates = rates;
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
    public void onMessage(ConsumerRecord<String, byte[]> record) {
        switch (EventRecords.decode(record.headers(), record.value())) {
            case Decoded.Known(LedgerAnswer answer, var metadata) -> fulfil(answer, record);
            case Decoded.Known known -> deadLetters.setAside(record, "malformed", "not a decision");
            case Decoded.UnknownType unknown -> deadLetters.setAside(record, "unknown-type", unknown.wireName());
            case Decoded.Malformed malformed -> deadLetters.setAside(record, "malformed", malformed.reason());
        }
    }

    private void fulfil(LedgerAnswer answer, ConsumerRecord<String, byte[]> record) {
        var waiting = expectations.getOrDefault(Expected.answeredBy(answer), List.of());
        waiting.stream()
                .mapToLong(Expectation::sinceNanos)
                .reduce((some, more) -> some - more < 0 ? some : more)
                .ifPresent(asked -> rates.learn(RateStandings.of(record.headers()), asked));
        waiting.forEach(expectation -> expectation.fulfil(answer));
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> receiving, Collection<TopicPartition> partitions) {
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
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> receiving, Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> owned.remove(partition.partition()));
        replyPartition = owned.isEmpty() ? OptionalInt.empty() : OptionalInt.of(owned.first());
    }

    /** To another instance, by Kafka's word and not by ours: no longer ours either way. */
    @Override
    public void onPartitionsLost(Consumer<?, ?> receiving, Collection<TopicPartition> partitions) {
        onPartitionsRevokedBeforeCommit(receiving, partitions);
    }

    @Override
    public Health health() {
        return (replyPartition.isPresent() ? Health.up() : Health.down()).build();
    }
}
