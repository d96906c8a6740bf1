package com.gogogoapi.usage.following;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.messaging.MalformedEventException;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import com.gogogoapi.contracts.wire.InOrder;
import com.gogogoapi.contracts.wire.OutOfOrderException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shard as this instance reads it. What was taken from Kafka and is not in the tables yet is kept here: a batch that
 * failed is given again, its records are repeats then, and what they brought is still to be written. Belongs to one thread.
 */
final class Follower {

    private static final Logger log = LoggerFactory.getLogger(Follower.class);

    private final InOrder inOrder;
    private final Clock clock;
    private final List<Followed> taken = new ArrayList<>();
    /** Where the records begin that are still held back, by their offsets. */
    private final SortedSet<Long> heldBackOffsets = new TreeSet<>();

    private Position position;
    private boolean hasBegun;
    private long nextOffset;
    private long readUntil;
    private @Nullable Instant heldBackSince;
    private @Nullable String wrong;
    private boolean isConflict;

    Follower(Position position, Clock clock) {
        this.position = position;
        this.nextOffset = position.nextOffset();
        this.readUntil = position.sequence();
        this.inOrder = InOrder.after(position.sequence());
        this.clock = clock;
    }

    Position position() {
        return position;
    }

    /** Whether these records lead on from where reading was; if not, Kafka is to be asked for others. */
    boolean isLedOnBy(List<ConsumerRecord<String, byte[]>> records) {
        return hasBegun
                || records.getFirst().offset() <= position.nextOffset()
                        && records.getLast().offset() >= position.nextOffset();
    }

    /** Takes what is the shard's turn, up to the first record that is {@link #wrong}. */
    void take(List<ConsumerRecord<String, byte[]>> records) {
        hasBegun = true;
        if (wrong != null) {
            return;
        }
        try {
            takeInTurn(records);
        } catch (OutOfOrderException e) {
            wrong = String.valueOf(e.getMessage());
            isConflict = true;
        } catch (MalformedEventException | InconsistentEventException e) {
            wrong = String.valueOf(e.getMessage());
        }
    }

    private void takeInTurn(List<ConsumerRecord<String, byte[]>> records) {
        for (var record : records) {
            if (record.offset() < nextOffset) {
                continue;
            }
            var turn = inOrder.take(record);
            if (turn.isEmpty() && inOrder.heldBack() > heldBackOffsets.size()) {
                heldBackOffsets.add(record.offset());
            }
            for (var next : turn) {
                read(next);
                heldBackOffsets.remove(next.offset());
                readUntil++;
            }
            nextOffset = record.offset() + 1;
        }
        heldBackSince = inOrder.heldBack() == 0 ? null : heldBackSince == null ? clock.instant() : heldBackSince;
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        switch (EventRecords.decode(record.headers(), record.value())) {
            case Decoded.Known(LedgerEvent event, var metadata) -> {
                var sequence = metadata.sequence();
                taken.add(new Followed(record.partition(), sequence == null ? 0 : sequence, event));
            }
            case Decoded.Known known -> throw unreadable(record, "is no ledger event");
            // Of a newer ledger: what it means for usage, a newer build knows, and reads it all anew.
            case Decoded.UnknownType unknown ->
                log.warn("nothing is made of {} at offset {}", unknown.wireName(), record.offset());
            case Decoded.Malformed malformed -> throw unreadable(record, malformed.reason());
        }
    }

    private static InconsistentEventException unreadable(ConsumerRecord<String, byte[]> record, String reason) {
        return new InconsistentEventException(
                "offset %d of shard %d cannot be read: %s".formatted(record.offset(), record.partition(), reason));
    }

    /** What is wrong with the record after those that were taken; null for nothing. */
    @Nullable
    String wrong() {
        return wrong;
    }

    /** What is wrong, if who reads on after the events in the tables would not find it: it is known by what was before. */
    @Nullable
    String conflict() {
        return isConflict ? wrong : null;
    }

    List<Followed> taken() {
        return taken;
    }

    /** The last event that was read; where one cannot be, the one before it. */
    long lastSequence() {
        return readUntil;
    }

    /** Where reading would have to go on, so that nothing that is held back is missed. */
    long resumeOffset() {
        return heldBackOffsets.isEmpty() ? nextOffset : Math.min(nextOffset, heldBackOffsets.first());
    }

    /** What was taken is in the tables now. */
    void written(Position now) {
        position = now;
        taken.clear();
    }

    /** Since when events wait for one that is missing; null if none does. */
    @Nullable
    Instant heldBackSince() {
        return heldBackSince;
    }

    String waiting() {
        return "event %d is missing, and %d after it wait".formatted(inOrder.last() + 1, inOrder.heldBack());
    }
}
