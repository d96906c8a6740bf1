package com.gogogoapi.ledger.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.wire.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Utils;

/** The broker: what it has acknowledged, it keeps. Its clock may be ahead of or behind everybody's. */
final class SimulatedKafka {

    private final SimulatedClock clock;
    private final List<List<ConsumerRecord<String, byte[]>>> intake = new ArrayList<>();
    private final List<List<ConsumerRecord<String, byte[]>>> events = new ArrayList<>();
    private final List<List<ConsumerRecord<String, byte[]>>> decisions = new ArrayList<>();
    private final long[] firstOffsets;
    private final long[] nextOffsets;
    private final long[] lastTimes;
    private final List<List<ProducerRecord<String, byte[]>>> behindLostEnds = new ArrayList<>();
    private final boolean[] withoutLeader;

    /** Of each shard, where each of its leaders began: the epochs of its records. */
    private final List<TreeMap<Integer, Long>> epochs = new ArrayList<>();

    private int topic;
    private long clockSkewMillis;

    SimulatedKafka(int shards, SimulatedClock clock) {
        this.clock = clock;
        firstOffsets = new long[shards];
        nextOffsets = new long[shards];
        lastTimes = new long[shards];
        withoutLeader = new boolean[shards];
        for (var shard = 0; shard < shards; shard++) {
            intake.add(new ArrayList<>());
            behindLostEnds.add(new ArrayList<>());
            epochs.add(new TreeMap<>(Map.of(0, 0L)));
            events.add(new ArrayList<>());
            decisions.add(new ArrayList<>());
        }
    }

    int shards() {
        return intake.size();
    }

    int shardOf(String accountId) {
        return Utils.toPositive(Utils.murmur2(accountId.getBytes(UTF_8))) % shards();
    }

    void skewClock(long millis) {
        clockSkewMillis = millis;
    }

    int partitionOf(ProducerRecord<String, byte[]> record) {
        return Optional.ofNullable(record.partition()).orElseGet(() -> shardOf(record.key()));
    }

    void append(ProducerRecord<String, byte[]> record) {
        var partition = partitionOf(record);
        switch (record.topic()) {
            case Topics.LEDGER_INTAKE -> {
                if (withoutLeader[partition]) {
                    behindLostEnds.get(partition).add(record);
                    return;
                }
                // A partition's times never go back: the broker appends under one clock.
                lastTimes[partition] = Math.max(lastTimes[partition], clock.millis() + clockSkewMillis);
                intake.get(partition)
                        .add(consumed(
                                record,
                                partition,
                                nextOffsets[partition]++,
                                lastTimes[partition],
                                Optional.of(epochs.get(partition).lastKey())));
            }
            case Topics.LEDGER_EVENTS ->
                events.get(partition)
                        .add(consumed(
                                record, partition, events.get(partition).size(), clock.millis(), Optional.empty()));
            case Topics.CREDIT_DECISIONS ->
                decisions
                        .get(partition)
                        .add(consumed(
                                record, partition, decisions.get(partition).size(), clock.millis(), Optional.empty()));
            default -> throw new AssertionError("nothing is sent to " + record.topic());
        }
    }

    /** Which intake it is: another one has other records at the same offsets. */
    int topic() {
        return topic;
    }

    void makeIntakeAnew() {
        topic++;
        intake.forEach(List::clear);
        Arrays.fill(firstOffsets, 0);
        Arrays.fill(nextOffsets, 0);
        epochs.replaceAll(former -> new TreeMap<>(Map.of(0, 0L)));
    }

    /** Retention has passed: consumers get nothing of what was before. */
    void loseBeginning(int shard, long first) {
        firstOffsets[shard] = first;
    }

    /** What was acknowledged from there on is gone, and others will take its offsets, once the partition has a leader again. */
    void loseEnd(int shard, long end) {
        intake.get(shard).removeIf(record -> record.offset() >= end);
        nextOffsets[shard] = end;
        withoutLeader[shard] = true;
    }

    boolean hasLeader(int shard) {
        return !withoutLeader[shard];
    }

    /** What was sent meanwhile is taken now. */
    void electLeader(int shard) {
        withoutLeader[shard] = false;
        var before = epochs.get(shard).lastKey();
        epochs.get(shard).values().removeIf(began -> began >= nextOffsets[shard]);
        epochs.get(shard).put(before + 1, nextOffsets[shard]);
        behindLostEnds.get(shard).forEach(this::append);
        behindLostEnds.get(shard).clear();
    }

    /** Where the records of that epoch end, and of those before it. */
    long endOf(int shard, int epoch) {
        var next = epochs.get(shard).higherEntry(epoch);
        return next == null ? nextOffsets[shard] : next.getValue();
    }

    long firstOf(int shard) {
        return firstOffsets[shard];
    }

    long endOf(int shard) {
        return nextOffsets[shard];
    }

    /** Kafka's own marks take offsets too. */
    void skipOffset(int shard) {
        nextOffsets[shard] += withoutLeader[shard] ? 0 : 1;
    }

    private static ConsumerRecord<String, byte[]> consumed(
            ProducerRecord<String, byte[]> record, int partition, long offset, long time, Optional<Integer> epoch) {
        return new ConsumerRecord<>(
                record.topic(),
                partition,
                offset,
                time,
                TimestampType.LOG_APPEND_TIME,
                -1,
                -1,
                record.key(),
                record.value(),
                new RecordHeaders(record.headers()),
                epoch);
    }

    /** All that it has ever had, and not lost at its end: what retention took among it. */
    List<ConsumerRecord<String, byte[]>> intake(int shard) {
        return intake.get(shard);
    }

    List<ConsumerRecord<String, byte[]>> events(int shard) {
        return events.get(shard);
    }

    List<ConsumerRecord<String, byte[]>> decisions(int partition) {
        return decisions.get(partition);
    }
}
