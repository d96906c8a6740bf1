package com.gogogoapi.auditor.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.auditor.source.Cursor;
import com.gogogoapi.auditor.source.Link;
import com.gogogoapi.auditor.source.LogSource.ShardReader;
import com.gogogoapi.auditor.source.ShardEnd;
import com.gogogoapi.auditor.source.TopicSource.Published;
import com.gogogoapi.contracts.wire.OutOfOrderException;
import com.gogogoapi.evidence.log.LogRow;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Repeats of events from so long ago that only the log still knows them. */
class PublishedEventsTest {

    private static LogRow row(long pos, long seq, String payload) {
        return new LogRow(
                0,
                pos,
                "acct_1",
                seq,
                UUID.nameUUIDFromBytes(("id " + pos).getBytes(UTF_8)),
                "type",
                payload.getBytes(UTF_8),
                UUID.nameUUIDFromBytes(("cause " + pos).getBytes(UTF_8)),
                null,
                0);
    }

    private static Published.Next next(long pos) {
        return new Published.Next(row(pos, pos - 1, "event " + pos));
    }

    private static Published.OldRepeat repeat(long pos) {
        return new Published.OldRepeat(row(pos, -1, "event " + pos));
    }

    /** A log of ten events that counts how often it was opened somewhere. */
    private static final class Log implements ShardReader {

        private int lookups;

        @Override
        public ShardEnd end() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Cursor<LogRow> rows() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Cursor<LogRow> rowsAfter(long pos) {
            lookups++;
            return Cursors.of(LongStream.rangeClosed(pos + 1, 10).mapToObj(at -> row(at, at - 1, "event " + at)));
        }

        @Override
        public Cursor<Link> links() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    private final Log log = new Log();

    private List<Long> read(Published... published) {
        var read = new ArrayList<Long>();
        try (var events = new PublishedEvents(Cursors.of(Stream.of(published)), log)) {
            for (var row = events.next(); row != null; row = events.next()) {
                read.add(row.pos());
            }
        }
        return read;
    }

    @Test
    void areReadPastWhereTheyAreTheSame() {
        assertThat(read(next(9), repeat(2), repeat(3), repeat(4), next(10), repeat(5), repeat(1)))
                .containsExactly(9L, 10L);
        assertThat(log.lookups).as("in a row they are read on from one place").isEqualTo(2);
    }

    @Test
    void areFoundWhereTheyDiffer() {
        var other = new Published.OldRepeat(row(3, -1, "another event 3"));
        assertThatThrownBy(() -> read(next(9), repeat(2), other))
                .isInstanceOf(OutOfOrderException.class)
                .hasMessageContaining("published again, and differently")
                .satisfies(
                        found -> assertThat(((OutOfOrderException) found).pos()).isEqualTo(3));
    }

    @Test
    void areFoundWhereTheLogHasNoSuchEvent() {
        assertThatThrownBy(() -> read(repeat(11))).isInstanceOf(OutOfOrderException.class);
    }
}
