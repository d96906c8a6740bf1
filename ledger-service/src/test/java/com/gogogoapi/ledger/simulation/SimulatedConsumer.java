package com.gogogoapi.ledger.simulation;

import com.gogogoapi.contracts.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** An instance's membership in the group: told of its shards when it polls, as a real consumer is. */
final class SimulatedConsumer extends MockConsumer<String, byte[]> {

    private final SimulatedKafka kafka;
    private final Group group;
    private final int member;
    private final Chance chance;
    private final Set<Integer> assigned = new TreeSet<>();
    private final Set<Integer> paused = new HashSet<>();
    private final Map<Integer, Long> positions = new HashMap<>();

    /** Of what was read before. */
    private final Map<Integer, Integer> epochs = new HashMap<>();

    private ConsumerRebalanceListener listener = new ConsumerRebalanceListener() {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            throw new AssertionError("not subscribed");
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            throw new AssertionError("not subscribed");
        }
    };

    SimulatedConsumer(SimulatedKafka kafka, Group group, int member, Chance chance) {
        super("none");
        this.kafka = kafka;
        this.group = group;
        this.member = member;
        this.chance = chance;
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener rebalanceListener) {
        listener = rebalanceListener;
    }

    @Override
    public synchronized ConsumerRecords<String, byte[]> poll(Duration timeout) {
        try {
            rebalance();
        } catch (RuntimeException e) {
            throw new KafkaException("User rebalance callback throws an error", e);
        }
        if (group.isChaotic() && chance.oneIn(40)) {
            throw new KafkaException("the broker does not answer");
        }
        var outOfRange = new HashMap<TopicPartition, Long>();
        var records = new HashMap<TopicPartition, List<ConsumerRecord<String, byte[]>>>();
        var wanted = chance.between(1, 12);
        for (var shard : assigned) {
            if (paused.contains(shard) || wanted <= 0) {
                continue;
            }
            var from = positions.getOrDefault(shard, 0L);
            if (from < kafka.firstOf(shard) || from > lastThatCanBe(shard)) {
                outOfRange.put(partition(shard), from);
                continue;
            }
            var page = kafka.intake(shard).stream()
                    .filter(record -> record.offset() >= from)
                    .limit(wanted)
                    .toList();
            if (!page.isEmpty()) {
                wanted -= page.size();
                records.put(partition(shard), new ArrayList<>(page));
                positions.put(shard, page.getLast().offset() + 1);
                page.getLast().leaderEpoch().ifPresent(epoch -> epochs.put(shard, epoch));
            }
        }
        // Said in a poll that brings nothing: what the others have is brought by the next.
        if (!outOfRange.isEmpty()) {
            records.forEach((partition, page) ->
                    positions.put(partition.partition(), page.getFirst().offset()));
            throw new OffsetOutOfRangeException(outOfRange);
        }
        return new ConsumerRecords<>(records, Map.of());
    }

    private long lastThatCanBe(int shard) {
        var epoch = epochs.get(shard);
        return epoch == null ? kafka.endOf(shard) : kafka.endOf(shard, epoch);
    }

    private void rebalance() {
        var lost = new TreeSet<>(assigned);
        lost.removeAll(group.shardsOf(member));
        if (!lost.isEmpty()) {
            assigned.removeAll(lost);
            var partitions = lost.stream().map(SimulatedConsumer::partition).toList();
            if (group.wasThrownOut(member)) {
                listener.onPartitionsLost(partitions);
            } else {
                listener.onPartitionsRevoked(partitions);
            }
        }
        group.seen(member);
        var added = new TreeSet<>(group.shardsOf(member));
        added.removeAll(assigned);
        if (!added.isEmpty()) {
            assigned.addAll(added);
            paused.removeAll(added);
            listener.onPartitionsAssigned(
                    added.stream().map(SimulatedConsumer::partition).toList());
        }
    }

    @Override
    public synchronized Map<TopicPartition, Long> beginningOffsets(
            Collection<TopicPartition> partitions, Duration timeout) {
        if (group.isChaotic() && chance.oneIn(40)) {
            throw new KafkaException("the broker does not answer");
        }
        return partitions.stream()
                .collect(Collectors.toMap(partition -> partition, partition -> kafka.firstOf(partition.partition())));
    }

    @Override
    public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
        return partitions.stream()
                .collect(Collectors.toMap(partition -> partition, partition -> kafka.endOf(partition.partition())));
    }

    @Override
    public synchronized void seek(TopicPartition partition, long offset) {
        positions.put(partition.partition(), offset);
        epochs.remove(partition.partition());
    }

    @Override
    public synchronized void seek(TopicPartition partition, OffsetAndMetadata where) {
        seek(partition, where.offset());
        where.leaderEpoch().ifPresent(epoch -> epochs.put(partition.partition(), epoch));
    }

    @Override
    public synchronized void pause(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> paused.add(partition.partition()));
    }

    @Override
    public synchronized void resume(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> paused.remove(partition.partition()));
    }

    @Override
    public synchronized void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        callback.onComplete(offsets, chance.oneIn(3) ? new KafkaException("not now") : null);
    }

    private static TopicPartition partition(int shard) {
        return new TopicPartition(Topics.LEDGER_INTAKE, shard);
    }
}
