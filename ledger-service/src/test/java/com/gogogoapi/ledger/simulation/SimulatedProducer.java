package com.gogogoapi.ledger.simulation;

import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.contracts.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
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

/** An instance's producer: what is sent waits here until the world lets it arrive, fail, or arrive and seem to fail. */
final class SimulatedProducer extends MockProducer<String, byte[]> {

    private record Sent(ProducerRecord<String, byte[]> record, Callback callback) {}

    private final SimulatedKafka kafka;
    private final Set<Defect> defects;
    private final Deque<Sent> underWay = new ArrayDeque<>();

    SimulatedProducer(SimulatedKafka kafka, Set<Defect> defects) {
        super(false, null, new StringSerializer(), new ByteArraySerializer());
        this.kafka = kafka;
        this.defects = defects.isEmpty() ? EnumSet.noneOf(Defect.class) : EnumSet.copyOf(defects);
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
        if (defects.contains(Defect.NO_EXPIRY) && isA(EventType.HOLD_EXPIRY_DUE, record)
                || defects.contains(Defect.NO_GRANT_EXPIRY) && isA(EventType.GRANT_EXPIRY_DUE, record)) {
            callback.onCompletion(metadata(record), null);
        } else if (defects.contains(Defect.PUBLISHED_TOO_SOON) && record.topic().equals(Topics.LEDGER_EVENTS)) {
            callback.onCompletion(metadata(record), null);
            underWay.add(new Sent(record, (sent, failure) -> {}));
        } else {
            underWay.add(new Sent(record, callback));
        }
        return CompletableFuture.completedFuture(metadata(record));
    }

    private static boolean isA(EventType wanted, ProducerRecord<String, byte[]> record) {
        var type = record.headers().lastHeader("ce_type");
        return type != null && new String(type.value(), StandardCharsets.UTF_8).equals(wanted.wireName());
    }

    private static RecordMetadata metadata(ProducerRecord<String, byte[]> record) {
        return new RecordMetadata(new TopicPartition(record.topic(), 0), 0, 0, 0, 0, 0);
    }

    boolean isIdle() {
        return underWay.isEmpty();
    }

    /** The oldest arrives. */
    void arrive() {
        var sent = underWay.remove();
        kafka.append(sent.record());
        sent.callback().onCompletion(metadata(sent.record()), null);
    }

    /** The oldest fails; whether the broker has it after all, nobody is told. */
    void fail(boolean arrived) {
        var sent = underWay.remove();
        if (arrived) {
            kafka.append(sent.record());
        }
        sent.callback().onCompletion(null, new TimeoutException("no answer from the broker"));
    }

    /** The instance is gone: so many of what was under way arrive all the same. */
    void crash(int arriving) {
        for (var i = 0; i < arriving && !underWay.isEmpty(); i++) {
            kafka.append(underWay.remove().record());
        }
        underWay.clear();
    }

    int underWay() {
        return underWay.size();
    }
}
