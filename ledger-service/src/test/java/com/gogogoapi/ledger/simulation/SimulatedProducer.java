package com.gogogoapi.ledger.simulation;

import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.contracts.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * One of an instance's producers, with one request a partition on its way at a time: what is sent waits here until the world
 * lets it arrive, or fail. What fails may have arrived, or arrive later: then nothing else of its partition is sent before.
 * What is closed sends nothing more; what it has on its way may arrive all the same.
 */
final class SimulatedProducer extends MockProducer<String, byte[]> {

    private record Sent(ProducerRecord<String, byte[]> record, Callback callback) {}

    /** What is sent to one partition. */
    private static final class Lane {
        private final Deque<Sent> underWay = new ArrayDeque<>();
        private final Deque<Sent> failedUntold = new ArrayDeque<>();
        private @Nullable ProducerRecord<String, byte[]> late;

        boolean isIdle() {
            return underWay.isEmpty() && late == null && failedUntold.isEmpty();
        }
    }

    private final SimulatedKafka kafka;
    private final Chance chance;
    private final Set<Defect> defects;
    private final Map<String, Lane> lanes = new TreeMap<>();
    private final Deque<Sent> toFail = new ArrayDeque<>();
    private @Nullable Lane failing;
    private boolean closed;
    private boolean blocked;

    SimulatedProducer(SimulatedKafka kafka, Chance chance, Set<Defect> defects) {
        super(false, null, new StringSerializer(), new ByteArraySerializer());
        this.kafka = kafka;
        this.chance = chance;
        this.defects = defects.isEmpty() ? EnumSet.noneOf(Defect.class) : EnumSet.copyOf(defects);
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
        if (closed) {
            throw new IllegalStateException("Cannot perform operation after producer has been closed");
        }
        if (blocked) {
            callback.onCompletion(metadata(record), new TimeoutException("no room for it"));
        } else if (defects.contains(Defect.NO_EXPIRY) && isA(EventType.HOLD_EXPIRY_DUE, record)
                || defects.contains(Defect.NO_GRANT_EXPIRY) && isA(EventType.GRANT_EXPIRY_DUE, record)) {
            callback.onCompletion(metadata(record), null);
        } else if (defects.contains(Defect.PUBLISHED_TOO_SOON) && record.topic().equals(Topics.LEDGER_EVENTS)) {
            callback.onCompletion(metadata(record), null);
            lane(record).underWay.add(new Sent(record, (sent, failure) -> {}));
        } else {
            lane(record).underWay.add(new Sent(record, callback));
        }
        return CompletableFuture.completedFuture(metadata(record));
    }

    private Lane lane(ProducerRecord<String, byte[]> record) {
        return lanes.computeIfAbsent(record.topic() + " " + kafka.partitionOf(record), name -> new Lane());
    }

    private static boolean isA(EventType wanted, ProducerRecord<String, byte[]> record) {
        var type = record.headers().lastHeader("ce_type");
        return type != null && new String(type.value(), StandardCharsets.UTF_8).equals(wanted.wireName());
    }

    private static RecordMetadata metadata(ProducerRecord<String, byte[]> record) {
        return new RecordMetadata(new TopicPartition(record.topic(), 0), 0, 0, 0, 0, 0);
    }

    /** Whether a send fails at once, as when there is no room for it, or no broker. */
    void block(boolean now) {
        blocked = now;
    }

    /** Whether it has nothing left to do for ever. */
    boolean isOver() {
        return closed && isIdle();
    }

    boolean isIdle() {
        return toFail.isEmpty() && lanes.values().stream().allMatch(Lane::isIdle);
    }

    private List<Lane> busy() {
        return lanes.values().stream().filter(lane -> !lane.isIdle()).toList();
    }

    /** Something of what is under way comes to its end. */
    void proceed() {
        if (!toFail.isEmpty()) {
            fail(toFail.remove());
            return;
        }
        var lane = chance.of(busy());
        if (lane.late != null) {
            if (chance.oneIn(2)) {
                kafka.append(lane.late);
            }
            lane.late = null;
        } else {
            arrive(lane);
        }
    }

    private void arrive(Lane lane) {
        if (!lane.underWay.isEmpty()) {
            var sent = lane.underWay.remove();
            kafka.append(sent.record());
            sent.callback().onCompletion(metadata(sent.record()), null);
        }
        if (lane.underWay.isEmpty() && !lane.failedUntold.isEmpty()) {
            fail(lane.failedUntold.remove());
        }
    }

    /** Everything arrives, and is told. */
    void settle() {
        while (!isIdle()) {
            while (!toFail.isEmpty()) {
                fail(toFail.remove());
            }
            for (var lane : busy()) {
                if (lane.late != null) {
                    kafka.append(lane.late);
                    lane.late = null;
                }
                arrive(lane);
            }
        }
    }

    /**
     * The oldest of some partition fails; whether the broker has it after all, or will have it, nobody is told.
     *
     * @return false if there is none that could
     */
    boolean failOne() {
        var sending = busy().stream()
                .filter(lane -> lane.late == null && !lane.underWay.isEmpty())
                .toList();
        if (sending.isEmpty()) {
            return false;
        }
        var lane = chance.of(sending);
        var sent = lane.underWay.remove();
        switch (chance.below(3)) {
            case 0 -> kafka.append(sent.record());
            case 1 -> lane.late = sent.record();
            default -> {
                // It is lost.
            }
        }
        if (defects.contains(Defect.OVERTAKING)) {
            lane.failedUntold.add(sent);
        } else {
            failing = lane;
            fail(sent);
            failing = null;
        }
        return true;
    }

    private static void fail(Sent sent) {
        sent.callback().onCompletion(null, new TimeoutException("no answer from the broker"));
    }

    @Override
    public void close(Duration timeout) {
        if (closed || defects.contains(Defect.OVERTAKING)) {
            return;
        }
        closed = true;
        for (var lane : lanes.values()) {
            // Behind the one that is just failing nothing is on its way yet.
            if (lane != failing && lane.late == null && !lane.underWay.isEmpty() && chance.oneIn(2)) {
                lane.late = lane.underWay.element().record();
            }
            toFail.addAll(lane.underWay);
            lane.underWay.clear();
        }
    }

    /** The instance is gone: some of what was under way arrives all the same, of each partition the oldest. */
    void crash() {
        for (var lane : lanes.values()) {
            if (lane.late != null && chance.oneIn(2)) {
                kafka.append(lane.late);
            }
            for (var arriving = chance.below(lane.underWay.size() + 1); arriving > 0 && lane.late == null; arriving--) {
                kafka.append(lane.underWay.remove().record());
            }
        }
        lanes.clear();
        toFail.clear();
    }
}
