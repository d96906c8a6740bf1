package com.gogogoapi.ledger.simulation;

import static com.gogogoapi.fixtures.Requests.theEndOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.ledger.log.StoredEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Proxies as the ledger sees them: they keep how a request ended until Kafka has it, note what runs, and publish for whoever is
 * dead or is taken for dead; so an end comes late, twice, or after a note of the same request that says less, always under the
 * request's one event identity.
 */
final class SimulatedProxies {

    private static final int INSTANCES = 2;
    private static final int TAKE_OVER_MILLIS = 30_000;
    private static final int SENDING_MILLIS = 45_000;

    private final Customers customers;
    private final SimulatedKafka kafka;
    private final SimulatedDatabase database;
    private final SimulatedClock clock;
    private final Chance chance;
    private final Faults faults;
    private final Set<Defect> defects;
    private final List<Running> running = new ArrayList<>();
    private final Map<UUID, Row> rows = new LinkedHashMap<>();
    /** Requests of which some usage is durable, in the outbox or in Kafka. */
    private final Set<QuoteRequested> owed = new LinkedHashSet<>();

    private boolean kafkaRefuses;

    private record Running(QuoteRequested quote, int instance, TokenUsage usage) {}

    /** @param ended false for a note */
    private record Row(QuoteRequested quote, UpstreamCompleted completion, boolean ended, long dueAtMillis) {}

    SimulatedProxies(
            Customers customers,
            SimulatedKafka kafka,
            SimulatedDatabase database,
            SimulatedClock clock,
            Chance chance,
            Faults faults,
            Set<Defect> defects) {
        this.customers = customers;
        this.kafka = kafka;
        this.database = database;
        this.clock = clock;
        this.chance = chance;
        this.faults = faults;
        this.defects = defects;
    }

    void act() {
        var what = chance.below(100);
        if (what < 35) {
            begin();
        } else if (what < 60 && !running.isEmpty()) {
            note(chance.of(running));
        } else if (what < 80 && !running.isEmpty()) {
            end(chance.of(running));
        } else if (what < 93) {
            publishDue();
        } else if (what < 97) {
            // For long: most of what happens meanwhile is not this.
            kafkaRefuses = !kafkaRefuses;
        } else {
            die(chance.below(INSTANCES));
        }
    }

    private void begin() {
        customers.handOver(this::isReserved).ifPresent(quote -> {
            var prompt = Math.max(1, quote.promptTokens());
            var completion = chance.below((int) quote.maxCompletionTokens() + 1);
            running.add(new Running(quote, chance.below(INSTANCES), new TokenUsage(prompt, 0, completion)));
        });
    }

    /** What would be charged if its instance died now. */
    private void note(Running one) {
        var known = rows.get(one.quote().requestId());
        if (known != null && known.ended()) {
            return;
        }
        var soFar = new TokenUsage(
                one.usage().promptTokens(), 0, chance.below((int) one.usage().completionTokens() + 1));
        faults.notes++;
        keep(one.quote(), theEndOf(one.quote(), Outcome.INTERRUPTED_MIDWAY, soFar, clock.instant()), false);
    }

    private void end(Running one) {
        running.remove(one);
        var completion = theEndOf(one.quote(), Outcome.COMPLETED, one.usage(), clock.instant());
        if (kafkaRefuses) {
            faults.keptEnds++;
            owed.add(one.quote());
            if (!defects.contains(Defect.OUTBOX_FORGETS)) {
                keep(one.quote(), completion, true);
            }
            return;
        }
        owed.add(one.quote());
        publish(completion);
        // A note that is left behind is published too, by whoever finds it due.
        if (chance.oneIn(4)) {
            faults.notesLeft++;
        } else {
            rows.remove(one.quote().requestId());
        }
    }

    private void keep(QuoteRequested quote, UpstreamCompleted completion, boolean ended) {
        owed.add(quote);
        var due = clock.millis() + (ended ? SENDING_MILLIS : TAKE_OVER_MILLIS);
        rows.put(quote.requestId(), new Row(quote, completion, ended, due));
    }

    private void publish(UpstreamCompleted completion) {
        var id = TimeOrderedIds.named(
                "upstream-completed", completion.requestId().toString());
        customers.deliverAs(id, completion);
    }

    /** Some instance looks for what is due, of itself or of others. */
    private void publishDue() {
        if (kafkaRefuses) {
            return;
        }
        for (var row : List.copyOf(rows.values())) {
            if (row.dueAtMillis() <= clock.millis() && isTakenUp(row)) {
                publish(row.completion());
                faults.takenOver += row.ended() ? 0 : 1;
                var request = row.quote().requestId();
                if (chance.oneIn(4)) {
                    // It dies before it says so, and another does it again.
                    faults.publishedTwice++;
                    rows.put(request, new Row(row.quote(), row.completion(), true, clock.millis() + SENDING_MILLIS));
                } else {
                    rows.remove(request);
                }
            }
        }
    }

    private boolean isTakenUp(Row row) {
        return row.ended() || !defects.contains(Defect.NOTES_LEFT_LYING);
    }

    /** What it was serving ends there; what was noted of it is still due. */
    private void die(int instance) {
        faults.deadProxies++;
        running.removeIf(one -> one.instance() == instance);
    }

    /** What is in the intake and was not taken in may be lost with it. */
    void intakeLost(int shard) {
        owed.removeIf(quote -> !rows.containsKey(quote.requestId())
                && kafka.shardOf(quote.accountId().value()) == shard);
    }

    /** The faults end: what runs comes to its end, and what is kept is published. */
    void settle() {
        kafkaRefuses = false;
        List.copyOf(running).forEach(this::end);
        publishDue();
    }

    boolean isSilent() {
        return running.isEmpty() && rows.values().stream().noneMatch(this::isTakenUp);
    }

    /** What was served is charged, and once: every request of which some usage was ever durable. */
    void checkAtTheEnd() {
        for (var quote : owed) {
            assertThat(stepsOf(quote).filter(CreditSettled.class::equals))
                    .as("charges of request %s, which was served", quote.requestId())
                    .hasSize(1);
        }
    }

    /** Before that nothing is served. */
    private boolean isReserved(QuoteRequested quote) {
        return stepsOf(quote).anyMatch(CreditReserved.class::equals);
    }

    private Stream<Class<?>> stepsOf(QuoteRequested quote) {
        return database.byAccount.getOrDefault(quote.accountId().value(), List.of()).stream()
                .map(StoredEvent::event)
                .filter(event -> event.requestId().equals(quote.requestId()))
                .map(LedgerEvent::getClass);
    }
}
