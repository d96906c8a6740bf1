package com.gogogoapi.usage.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import com.gogogoapi.usage.following.Followed;
import com.gogogoapi.usage.live.Told.Decided;
import com.gogogoapi.usage.live.Told.Ready;
import com.gogogoapi.usage.live.Told.Resync;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One shard's newest events, and who follows which account's. Of an account that nobody follows, no event is even read. Nothing is
 * made of what passes here: where an event is missing, those who follow are told to ask anew, and it goes on.
 */
final class LiveShard {

    private static final long UNKNOWN = -1;

    private final int shard;
    private final int keepsAtMost;
    private final Deque<ConsumerRecord<String, byte[]>> recent = new ArrayDeque<>();
    private final Map<String, Set<LiveStream>> streams = new HashMap<>();
    private boolean hasBegun;
    private long last = UNKNOWN;

    LiveShard(int shard, int keepsAtMost) {
        this.shard = shard;
        this.keepsAtMost = keepsAtMost;
    }

    /** From now on every event comes here. If it is so again, some may have been missed in between. */
    synchronized void begin() {
        if (hasBegun) {
            recent.clear();
            last = UNKNOWN;
            streams.values().forEach(some -> some.forEach(this::resync));
        }
        hasBegun = true;
    }

    synchronized void take(ConsumerRecord<String, byte[]> record) {
        var sequence = sequenceOf(record);
        if (sequence == UNKNOWN || last != UNKNOWN && sequence <= last) {
            return;
        }
        var isGap = last != UNKNOWN && sequence > last + 1;
        last = sequence;
        if (isGap) {
            recent.clear();
            streams.values().forEach(some -> some.forEach(this::resync));
        }
        recent.add(record);
        if (recent.size() > keepsAtMost) {
            recent.remove();
        }
        var following = streams.get(record.key());
        if (following != null) {
            var told = told(record, sequence);
            following.forEach(stream -> stream.tell(sequence, told));
        }
    }

    /**
     * Begins to tell a stream its account's events.
     *
     * @param known an event of the shard up to which everything is known to have happened, where none has come here yet; as soon as one
     *     has that is not the next, what is between them is said to be missing
     * @param after the last event that its reader knows; null for none
     * @return false if not every event comes here yet
     */
    synchronized boolean open(LiveStream stream, long known, @Nullable Long after) {
        if (!hasBegun) {
            return false;
        }
        if (last == UNKNOWN) {
            last = known;
        }
        var account = stream.asker().account().value();
        streams.computeIfAbsent(account, first -> new LinkedHashSet<>()).add(stream);
        if (after == null || after == last) {
            stream.tell(last, new Ready(shard, last));
        } else if (canGoOnAfter(after)) {
            stream.tell(last, new Ready(shard, after));
            recent.stream()
                    .filter(record -> sequenceOf(record) > after && account.equals(record.key()))
                    .forEach(record -> stream.tell(last, told(record, sequenceOf(record))));
        } else {
            stream.tell(last, new Ready(shard, last));
            resync(stream);
        }
        return true;
    }

    private boolean canGoOnAfter(long sequence) {
        return sequence < last && !recent.isEmpty() && sequenceOf(recent.getFirst()) <= sequence + 1;
    }

    synchronized void close(LiveStream stream) {
        streams.computeIfPresent(stream.asker().account().value(), (account, some) -> {
            some.remove(stream);
            return some.isEmpty() ? null : some;
        });
    }

    private void resync(LiveStream stream) {
        stream.tell(Math.max(last, 0), new Resync(shard, Math.max(last, 0)));
    }

    private Told told(ConsumerRecord<String, byte[]> record, long sequence) {
        return EventRecords.decode(record.headers(), record.value())
                        instanceof Decoded.Known(LedgerEvent event, var metadata)
                ? new Decided(new Followed(shard, sequence, event))
                : new Resync(shard, sequence);
    }

    /** Its number in the shard; {@link #UNKNOWN} for what is no event, which the usage follower reports. */
    private static long sequenceOf(ConsumerRecord<String, byte[]> record) {
        var header = record.headers().lastHeader("ce_sequence");
        var text = header == null ? "" : new String(header.value(), UTF_8);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : UNKNOWN;
    }
}
