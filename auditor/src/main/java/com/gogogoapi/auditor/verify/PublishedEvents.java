package com.gogogoapi.auditor.verify;

import com.gogogoapi.auditor.source.Cursor;
import com.gogogoapi.auditor.source.LogSource.ShardReader;
import com.gogogoapi.auditor.source.TopicSource.Published;
import com.gogogoapi.contracts.wire.OutOfOrderException;
import com.gogogoapi.evidence.log.LogRow;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A shard's events as they were published, held against themselves: what {@code ledger-events} has more than once has to be
 * the same each time. What was repeated too late to be remembered is looked up in the log, which had to be the same as what
 * was published first; repeats come in order, so this is reading on from one place.
 */
final class PublishedEvents implements AutoCloseable {

    private final Cursor<Published> topic;
    private final ShardReader log;
    private @Nullable Cursor<LogRow> lookingUp;
    private long nextPos;

    PublishedEvents(Cursor<Published> topic, ShardReader log) {
        this.topic = topic;
        this.log = log;
    }

    /**
     * The next event; null after the last.
     *
     * @throws OutOfOrderException if the topic misses one, or has one that differs from itself
     */
    @Nullable
    LogRow next() {
        for (var published = topic.next(); published != null; published = topic.next()) {
            switch (published) {
                case Published.Next(var row) -> {
                    return row;
                }
                case Published.OldRepeat(var row) -> compare(row);
            }
        }
        return null;
    }

    private void compare(LogRow repeat) {
        var stored = stored(repeat.pos());
        if (stored == null
                || !Arrays.equals(
                        stored.canonicalBytes(), numbered(repeat, stored).canonicalBytes())) {
            throw new OutOfOrderException(
                    repeat.pos(), "the event was published again, and differently, long after it was published first");
        }
    }

    private static LogRow numbered(LogRow repeat, LogRow as) {
        return new LogRow(
                repeat.shard(),
                repeat.pos(),
                repeat.accountId(),
                as.seq(),
                repeat.eventId(),
                repeat.type(),
                repeat.payload(),
                repeat.causationId(),
                repeat.traceParent(),
                repeat.atMillis());
    }

    private @Nullable LogRow stored(long pos) {
        if (lookingUp == null || pos != nextPos) {
            close();
            lookingUp = log.rowsAfter(pos - 1);
        }
        nextPos = pos + 1;
        var row = lookingUp.next();
        return row != null && row.pos() == pos ? row : null;
    }

    @Override
    public void close() {
        if (lookingUp != null) {
            lookingUp.close();
            lookingUp = null;
        }
    }
}
