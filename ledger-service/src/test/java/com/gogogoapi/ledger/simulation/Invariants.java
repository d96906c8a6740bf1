package com.gogogoapi.ledger.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.wire.EventAttributes;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.contracts.wire.InOrder;
import com.gogogoapi.ledger.log.HashChain;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.log.StoredEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What must hold after every step, whatever happened in it. */
final class Invariants {

    private static final int LINES_TOLD = 12;

    private final SimulatedKafka kafka;
    private final SimulatedDatabase database;
    private final Shard[] shards;
    private final Map<UUID, String> answers = new HashMap<>();

    /** How far one shard has been checked. */
    private static final class Shard {
        private final ReferenceLedger reference;
        /** The first offset that is not taken in by the reference. */
        private long intake;

        /** Where the database has the shard since its intake lost what was next; until somebody says so it stays there. */
        private @Nullable ShardPosition stopped;

        /** The same, once somebody has said so: the shard's next append is of what the intake has first. */
        private @Nullable ShardPosition goingOn;

        /** The operator's order that says so. */
        private @Nullable UUID word;

        private int log;
        private int published;
        private int decisions;
        private long readerPos;
        private final InOrder inOrder = InOrder.fromTheFirst(repeat -> {});
        private int taken;

        Shard(ReferenceLedger reference) {
            this.reference = reference;
        }
    }

    Invariants(SimulatedKafka kafka, SimulatedDatabase database, long holdMillis, int maxOpenHolds) {
        this.kafka = kafka;
        this.database = database;
        shards = new Shard[kafka.shards()];
        Arrays.setAll(shards, shard -> new Shard(new ReferenceLedger(holdMillis, maxOpenHolds)));
    }

    void check() {
        for (var shard = 0; shard < shards.length; shard++) {
            theLogIsWhatTheIntakeMakes(shard);
            publishedIsInTheLog(shard);
            answersAreInTheLogAndStick(shard);
        }
    }

    /** Promises 1 to 5: the log is exactly what one thread makes of the intake up to the shard's offset. */
    private void theLogIsWhatTheIntakeMakes(int number) {
        var shard = shards[number];
        var position = database.position(number);
        if (shard.stopped != null) {
            assertThat(position)
                    .as("the position of shard %s, which lost what was to be read next and may not go on", number)
                    .isSameAs(shard.stopped);
            return;
        }
        if (shard.goingOn != null && position != shard.goingOn) {
            shard.goingOn = null;
            shard.intake = kafka.firstOf(number);
            shard.reference.passGap(InstallationAccount.of(number), Objects.requireNonNull(shard.word));
        }
        if (shard.goingOn == null) {
            kafka.intake(number).stream()
                    .filter(record -> record.offset() >= shard.intake && record.offset() < position.nextOffset())
                    .filter(record -> !Forger.made(record.headers()))
                    .forEach(record ->
                            shard.reference.take(record.key(), record.offset(), readable(record), record.timestamp()));
            shard.intake = Math.max(shard.intake, position.nextOffset());
        }
        var log = database.events(number);
        var expected = shard.reference.story();
        var known = Math.min(log.size(), expected.size());
        for (var i = shard.log; i < known; i++) {
            assertThat(EventLines.of(log.get(i).event()))
                    .as("event %s of shard %s", log.get(i).pos(), number)
                    .isEqualTo(expected.get(i));
        }
        assertThat(log.size())
                .as(
                        "events in the log of shard %s, whose offset is %s; the last should be:%n%s%nand is %s",
                        number,
                        position,
                        String.join("\n", last(expected)),
                        log.isEmpty() ? "none" : EventLines.of(log.getLast().event()))
                .isEqualTo(expected.size());
        assertThat(position.lastPos()).as("the position of shard %s", number).isEqualTo(log.size());
        var fresh = log.subList(shard.log, log.size());
        for (var stored : fresh) {
            var event = stored.event();
            assertThat(EventLines.of(event))
                    .as("event %s of shard %s", stored.pos(), number)
                    .isEqualTo(expected.get(shard.log++));
            assertThat(stored.pos()).as("no gap in shard %s", number).isEqualTo(shard.log);
            assertThat(event.balance().availableUsd()).isGreaterThanOrEqualTo(Usd.ZERO);
        }
    }

    /** The shard's intake has lost what was to be read next. */
    void mustStop(int number) {
        shards[number].stopped = database.position(number);
        shards[number].goingOn = null;
    }

    /** An operator has accepted that, by this order. */
    void mayGoOn(int number, UUID word) {
        assertThat(shards[number].stopped)
                .as("what was lost where shard %s has a gap", number)
                .isNotNull();
        shards[number].goingOn = shards[number].stopped;
        shards[number].word = word;
        shards[number].stopped = null;
    }

    /** An operator has accepted another intake. */
    void goesOnFromZero(int number) {
        shards[number].stopped = null;
        shards[number].goingOn = null;
        shards[number].intake = 0;
    }

    void parkedMovedBelowZero(int number) {
        shards[number].reference.moveWaitingBelowZero();
    }

    /** Whether it has not gone on since it last lost something. */
    boolean isBehindAGap(int number) {
        return shards[number].stopped != null || shards[number].goingOn != null;
    }

    /** As many as fit a screen. */
    private static List<String> last(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size());
    }

    private static @Nullable LedgerIntake readable(ConsumerRecord<String, byte[]> record) {
        return EventRecords.decode(record.headers(), record.value())
                        instanceof EventRecords.Decoded.Known(LedgerIntake intake, var metadata)
                ? intake
                : null;
    }

    /**
     * Promise 6: nothing is published that is not in the log, byte for byte; nothing overtakes; and who takes from the topic
     * the next event and only the next gets all of them, in order.
     */
    private void publishedIsInTheLog(int number) {
        var shard = shards[number];
        var topic = kafka.events(number);
        for (; shard.published < topic.size(); shard.published++) {
            var record = topic.get(shard.published);
            var pos = sequenceOf(record);
            assertThat(pos).as("a published event of shard %s", number).isBetween(1L, (long)
                    database.events(number).size());
            assertThat(record.value())
                    .as("the published event %s of shard %s", pos, number)
                    .isEqualTo(database.events(number).get((int) pos - 1).payload());
            assertThat(pos)
                    .as("an event of shard %s overtakes %s", number, shard.readerPos + 1)
                    .isLessThanOrEqualTo(shard.readerPos + 1);
            if (pos == shard.readerPos + 1) {
                shard.readerPos = pos;
            }
            for (var next : shard.inOrder.take(record)) {
                assertThat(next.value())
                        .as("what a reader of shard %s takes for event %s", number, shard.taken + 1)
                        .isEqualTo(database.events(number).get(shard.taken++).payload());
            }
        }
        var believed = database.published.get(number);
        if (believed != null) {
            assertThat(believed.publishedPos())
                    .as("what shard %s believes it has published", number)
                    .isLessThanOrEqualTo(shard.readerPos);
        }
    }

    /** Promises 2 and 4: what was answered is in the log, and a request's first answer never changes. */
    private void answersAreInTheLogAndStick(int partition) {
        var shard = shards[partition];
        var topic = kafka.decisions(partition);
        for (; shard.decisions < topic.size(); shard.decisions++) {
            var record = topic.get(shard.decisions);
            var id = EventAttributes.of(record.headers()).id();
            var stored = database.byIdentity.get(id);
            assertThat(stored).as("the log has the answer %s", id).isNotNull();
            assertThat(record.value()).as("the answer %s", id).isEqualTo(stored.payload());
            var first = answers.putIfAbsent(id, new String(record.value(), java.nio.charset.StandardCharsets.UTF_8));
            assertThat(first == null
                            || first.equals(new String(record.value(), java.nio.charset.StandardCharsets.UTF_8)))
                    .as("the answer %s is always the same", id)
                    .isTrue();
        }
    }

    private static long sequenceOf(ConsumerRecord<String, byte[]> record) {
        return Long.parseLong(
                new String(record.headers().lastHeader("ce_sequence").value()));
    }

    /** Whether everything taken in is decided and everything decided is published. */
    boolean isQuiet(long nowMillis) {
        for (var number = 0; number < shards.length; number++) {
            if (shards[number].readerPos < database.events(number).size()) {
                return false;
            }
        }
        return isDecided() && openHolds() == 0 && overdue(nowMillis) == 0;
    }

    /** Whether everything taken in is decided. */
    boolean isDecided() {
        for (var number = 0; number < shards.length; number++) {
            if (shards[number].stopped != null || toRead(number) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Records that the shard is still to take in. */
    private long toRead(int number) {
        var next = shards[number].goingOn == null ? database.position(number).nextOffset() : 0;
        var from = Math.max(kafka.firstOf(number), next);
        return kafka.intake(number).stream()
                .filter(record -> record.offset() >= from)
                .count();
    }

    /** Events in all logs. */
    int events() {
        return database.events.values().stream().mapToInt(List::size).sum();
    }

    /** The ends of grants in all logs. */
    List<CreditExpired> expired() {
        return database.events.values().stream()
                .flatMap(List::stream)
                .filter(stored -> stored.type().equals(EventType.CREDIT_EXPIRED.wireName()))
                .map(stored -> (CreditExpired) stored.event())
                .toList();
    }

    private int openHolds() {
        return Arrays.stream(shards)
                .mapToInt(shard -> shard.reference.openHolds())
                .sum();
    }

    private long overdue(long nowMillis) {
        return Arrays.stream(shards)
                .mapToLong(shard -> shard.reference.overdue(nowMillis))
                .sum();
    }

    /** Promise 3, and that nothing is left undone. */
    void checkAtTheEnd(long nowMillis) {
        for (var number = 0; number < shards.length; number++) {
            assertThat(shards[number].stopped)
                    .as("shard %s stopped for good", number)
                    .isNull();
            assertThat(toRead(number))
                    .as("records of shard %s that are not decided", number)
                    .isZero();
            assertThat(shards[number].readerPos)
                    .as("all events of shard %s are published", number)
                    .isEqualTo(database.events(number).size());
            assertThat(shards[number].taken)
                    .as("a reader of shard %s has all events", number)
                    .isEqualTo(database.events(number).size());
        }
        assertThat(openHolds()).as("holds that have not ended").isZero();
        assertThat(overdue(nowMillis)).as("left of grants whose life is over").isZero();
        assertThat(database.parked.values()).as("parked records").allMatch(Map::isEmpty);
        database.byAccount.forEach(Invariants::stepsOfOneStory);
        database.links.forEach(this::theChainHolds);
    }

    /** Every link's hash is that of the bytes behind it, and the shard's head is the last link's. */
    private void theChainHolds(int number, List<ShardPosition> links) {
        var head = HashChain.genesis();
        var from = 0;
        for (var link : links) {
            head = HashChain.next(head, database.events(number).subList(from, (int) link.lastPos()));
            from = (int) link.lastPos();
            assertThat(head).as("link of shard %s at %s", number, from).isEqualTo(link.hashHead());
        }
        assertThat(database.position(number).hashHead()).isEqualTo(head);
    }

    private static void stepsOfOneStory(String account, List<StoredEvent> story) {
        Usd held = Usd.ZERO;
        for (var seq = 0; seq < story.size(); seq++) {
            assertThat(story.get(seq).seq()).as("no gap in %s", account).isEqualTo(seq);
            LedgerEvent event = story.get(seq).event();
            held = event.balance().heldUsd();
        }
        assertThat(held).as("held of %s at the end", account).isEqualTo(Usd.ZERO);
    }

    String story() {
        var story = new StringBuilder();
        for (var shard : shards) {
            story.append(String.join("\n", shard.reference.story())).append("\n\n");
        }
        return story.toString();
    }
}
