package com.gogogoapi.contracts.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.messaging.MalformedEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InOrderTest {

    private final List<Long> forgotten = new ArrayList<>();
    private final InOrder inOrder = InOrder.fromTheFirst(record -> forgotten.add(pos(record)));

    private static ConsumerRecord<String, byte[]> event(long pos) {
        return event(pos, "acct_1", "event " + pos, "id " + pos);
    }

    private static ConsumerRecord<String, byte[]> event(long pos, String key, String payload, String id) {
        var headers = new RecordHeaders();
        headers.add("ce_sequence", Long.toString(pos).getBytes(UTF_8));
        headers.add("ce_id", id.getBytes(UTF_8));
        return new ConsumerRecord<>(
                Topics.LEDGER_EVENTS,
                3,
                0,
                0,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key,
                payload.getBytes(UTF_8),
                headers,
                Optional.empty());
    }

    private static long pos(ConsumerRecord<String, byte[]> record) {
        return Long.parseLong(
                new String(record.headers().lastHeader("ce_sequence").value(), UTF_8));
    }

    private static List<Long> taken(InOrder inOrder, LongStream published) {
        var taken = new ArrayList<Long>();
        published.forEach(pos -> inOrder.take(event(pos)).forEach(record -> taken.add(pos(record))));
        return taken;
    }

    private static LongStream sequence(String published) {
        return List.of(published.split(" ")).stream().mapToLong(Long::parseLong);
    }

    @ParameterizedTest
    @CsvSource({
        "1 2 3 4,         1 2 3 4, 0",
        "1 2 4 2 3 4,     1 2 3 4, 0",
        "1 2 4 5 3 4 5 6, 1 2 3 4 5 6, 0",
        "3 2 1,           1 2 3, 0",
        "1 1 2 2 1 2 3,   1 2 3, 0",
        "1 2 4 4 5,       1 2, 2",
        "2 3,             '', 2"
    })
    void takesExactlyTheNext(String published, String expected, int heldBack) {
        assertThat(taken(inOrder, sequence(published)))
                .isEqualTo(
                        expected.isEmpty()
                                ? List.of()
                                : sequence(expected).boxed().toList());
        assertThat(inOrder.heldBack()).isEqualTo(heldBack);
    }

    @ParameterizedTest
    @CsvSource({"7 8 9, 7 8 9", "4 2 3 4 5, 4 5", "0 1 2, 0 1 2"})
    void beginsWhereItIsLet(String published, String expected) {
        assertThat(taken(InOrder.fromHere(), sequence(published)))
                .isEqualTo(sequence(expected).boxed().toList());
    }

    @Test
    void aRepeatHasToBeTheSameByteForByte() {
        taken(inOrder, LongStream.of(1, 2, 4));
        for (var other : List.of(
                event(2, "acct_1", "event 2 ", "id 2"),
                event(2, "acct_2", "event 2", "id 2"),
                event(2, "acct_1", "event 2", "id 3"),
                event(4, "acct_1", "another event 4", "id 4"))) {
            assertThatThrownBy(() -> inOrder.take(other))
                    .isInstanceOf(OutOfOrderException.class)
                    .hasMessageContaining("event " + pos(other) + " of shard 3 was published again, and differently");
        }
        assertThat(taken(inOrder, LongStream.of(2, 4, 3)))
                .as("what is right still is")
                .containsExactly(3L, 4L);
    }

    @Test
    void aRepeatThatIsTooOldToBeRememberedIsTheCallers() {
        taken(inOrder, LongStream.rangeClosed(1, InOrder.REMEMBERED + 2));
        taken(inOrder, LongStream.rangeClosed(1, 4));
        assertThat(forgotten).containsExactly(1L, 2L);
    }

    @Test
    void holdsBackNoMoreThanItsBound() {
        var bounded = InOrder.fromHere(3);
        assertThat(taken(bounded, LongStream.of(1, 3, 4, 5, 3, 4, 5))).containsExactly(1L);
        assertThatThrownBy(() -> bounded.take(event(6)))
                .isInstanceOf(OutOfOrderException.class)
                .hasMessageContaining("event 2 of shard 3 is missing from ledger-events, which has 3 events after it")
                .satisfies(missing ->
                        assertThat(((OutOfOrderException) missing).pos()).isEqualTo(2));
    }

    @Test
    void whatIsHeldBackAtTheEndIsMissingSomething() {
        taken(inOrder, LongStream.of(1, 2));
        inOrder.ended();
        taken(inOrder, LongStream.of(4, 5));
        assertThatThrownBy(inOrder::ended)
                .isInstanceOf(OutOfOrderException.class)
                .hasMessageContaining("event 3 of shard 3 is missing from ledger-events, which has 2 events after it");
    }

    @Test
    void refusesWhatDoesNotSayWhichEventItIs() {
        var nameless = new ConsumerRecord<>(Topics.LEDGER_EVENTS, 3, 0, "acct_1", new byte[0]);
        assertThatThrownBy(() -> inOrder.take(nameless)).isInstanceOf(MalformedEventException.class);
        nameless.headers().add("ce_sequence", "one".getBytes(UTF_8));
        assertThatThrownBy(() -> inOrder.take(nameless)).isInstanceOf(MalformedEventException.class);
    }

    /** Whatever was sent how often and in which order: each once, in order, up to the first that is missing. */
    @Property
    void takesEachOnceInOrder(@ForAll @Size(max = 60) List<@IntRange(min = 1, max = 20) Integer> published) {
        var each = InOrder.fromTheFirst(record -> {});
        var firstMissing = LongStream.iterate(1, pos -> pos + 1)
                .filter(pos -> !published.contains((int) pos))
                .findFirst()
                .orElseThrow();
        assertThat(taken(each, published.stream().mapToLong(Integer::longValue)))
                .isEqualTo(LongStream.range(1, firstMissing).boxed().toList());
    }
}
