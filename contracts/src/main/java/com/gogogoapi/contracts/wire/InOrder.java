package com.gogogoapi.contracts.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.messaging.MalformedEventException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * How one shard of {@code ledger-events} is to be read, by everybody: exactly the next event, and each once. The topic may
 * repeat what it had before, and where an earlier build wrote it an event may even stand before one that it follows:
 *
 * <pre>
 * in the topic   1 2 4 2 3 4 5
 * taken          1 2     3 4   5     (4 is held back until it is its turn)
 * </pre>
 *
 * What is ahead is held back up to {@link #MAX_AHEAD} events; a repeat has to be the same, byte for byte. Whatever does not
 * hold is an {@link OutOfOrderException}, after which reading on means nothing. Belongs to one thread.
 */
public final class InOrder {

    /**
     * How many events are held back at most. A ledger's producer has room for 32 MB, which are so many of the smallest: what
     * is missing any longer was not only overtaken, but left out.
     */
    public static final int MAX_AHEAD = 65_536;

    /** How many events are remembered, each by its hash, to hold repeats against; older ones are the caller's. */
    public static final int REMEMBERED = 8_192;

    /** What of a record's headers is stored in the log: the rest may differ from build to build. */
    private static final List<String> STORED = List.of("ce_id", "ce_type", "ce_time", "ce_causationid", "traceparent");

    private static final byte[] NOTHING = {};

    private final int maxAhead;
    private final Consumer<ConsumerRecord<String, byte[]>> forgotten;
    private final NavigableMap<Long, ConsumerRecord<String, byte[]>> ahead = new TreeMap<>();
    private final byte[][] remembered = new byte[REMEMBERED][];
    private long first;
    private long last;

    private InOrder(long last, int maxAhead, Consumer<ConsumerRecord<String, byte[]>> forgotten) {
        this.first = last + 1;
        this.last = last;
        this.maxAhead = maxAhead;
        this.forgotten = forgotten;
    }

    /**
     * From the shard's first event on.
     *
     * @param forgotten given every repeat that is too old to be remembered here
     */
    public static InOrder fromTheFirst(Consumer<ConsumerRecord<String, byte[]>> forgotten) {
        return new InOrder(0, MAX_AHEAD, forgotten);
    }

    /**
     * Goes on after that event of the shard; 0 is before the first. Repeats of what was before are not compared, since nothing
     * of it is remembered.
     */
    public static InOrder after(long sequence) {
        return new InOrder(sequence, MAX_AHEAD, repeat -> {});
    }

    /** From whichever event comes first, for who begins somewhere in the middle; what is before it is skipped. */
    public static InOrder fromHere() {
        return fromHere(MAX_AHEAD);
    }

    static InOrder fromHere(int maxAhead) {
        return new InOrder(-1, maxAhead, repeat -> {});
    }

    /**
     * What may be read now that this record came.
     *
     * @return the record and what was held back for it, in order; nothing if it is a repeat, or held back itself
     * @throws MalformedEventException if it does not say which event of the shard it is
     * @throws OutOfOrderException if an event is missing, or was published again as another one
     */
    public List<ConsumerRecord<String, byte[]>> take(ConsumerRecord<String, byte[]> record) {
        var pos = sequenceOf(record);
        if (last < 0) {
            first = pos;
            last = pos - 1;
        }
        if (pos <= last) {
            repeated(pos, record);
            return List.of();
        }
        if (pos > last + 1) {
            holdBack(pos, record);
            return List.of();
        }
        var turn = new ArrayList<ConsumerRecord<String, byte[]>>();
        for (var next = record; next != null; next = ahead.remove(last + 1)) {
            last++;
            remembered[(int) (last % REMEMBERED)] = hash(next);
            turn.add(next);
        }
        return turn;
    }

    private void repeated(long pos, ConsumerRecord<String, byte[]> record) {
        if (pos < first) {
            return;
        }
        if (pos <= last - REMEMBERED) {
            forgotten.accept(record);
        } else if (!Arrays.equals(remembered[(int) (pos % REMEMBERED)], hash(record))) {
            throw differs(record, pos);
        }
    }

    private void holdBack(long pos, ConsumerRecord<String, byte[]> record) {
        var before = ahead.get(pos);
        if (before != null) {
            if (!Arrays.equals(hash(before), hash(record))) {
                throw differs(record, pos);
            }
            return;
        }
        if (ahead.size() >= maxAhead) {
            throw missing(record);
        }
        ahead.put(pos, record);
    }

    private static OutOfOrderException differs(ConsumerRecord<String, byte[]> record, long pos) {
        return new OutOfOrderException(
                pos,
                "event %d of shard %d was published again, and differently, at offset %d of %s"
                        .formatted(pos, record.partition(), record.offset(), record.topic()));
    }

    /** The sequence number of the event taken last; what was before the first one if there was none yet. */
    public long last() {
        return last;
    }

    /** How many events are held back. */
    public int heldBack() {
        return ahead.size();
    }

    /**
     * Says that nothing more comes.
     *
     * @throws OutOfOrderException if anything is held back, so that what is before it is missing
     */
    public void ended() {
        if (!ahead.isEmpty()) {
            throw missing(ahead.firstEntry().getValue());
        }
    }

    private OutOfOrderException missing(ConsumerRecord<String, byte[]> next) {
        return new OutOfOrderException(
                last + 1,
                "event %d of shard %d is missing from %s, which has %d events after it"
                        .formatted(last + 1, next.partition(), next.topic(), ahead.size()));
    }

    private static long sequenceOf(ConsumerRecord<String, byte[]> record) {
        var sequence = record.headers().lastHeader("ce_sequence");
        try {
            var pos = sequence == null ? -1 : Long.parseLong(new String(sequence.value(), UTF_8));
            if (pos >= 0) {
                return pos;
            }
        } catch (NumberFormatException e) {
            throw new MalformedEventException("ce_sequence must be a number: " + e.getMessage());
        }
        throw new MalformedEventException("ce_sequence must be there, and must not be negative");
    }

    private static byte[] hash(ConsumerRecord<String, byte[]> record) {
        var sha = sha256();
        add(sha, record.key() == null ? NOTHING : record.key().getBytes(UTF_8));
        add(sha, record.value() == null ? NOTHING : record.value());
        for (var name : STORED) {
            add(sha, value(record.headers(), name));
        }
        return sha.digest();
    }

    private static byte[] value(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? NOTHING : header.value();
    }

    private static void add(MessageDigest sha, byte[] bytes) {
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sha.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
