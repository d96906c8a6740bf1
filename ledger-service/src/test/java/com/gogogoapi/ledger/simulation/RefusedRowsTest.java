package com.gogogoapi.ledger.simulation;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.fixtures.Requests;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.Accounts;
import com.gogogoapi.ledger.intake.SimulatedInstance;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.ShardBatch;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that the database refuses, in a batch on which the next one was decided already. */
class RefusedRowsTest {

    private static final Set<Defect> SOUND = EnumSet.noneOf(Defect.class);
    private static final AccountId REFUSED = new AccountId("acct_refused");
    private static final List<AccountId> OTHERS = List.of(new AccountId("acct_a"), new AccountId("acct_b"));
    private static final int GRANTS = 40;
    private static final int TURNS = 200;

    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedKafka kafka = new SimulatedKafka(1, clock);
    private final SimulatedDatabase database = new SimulatedDatabase(SOUND);
    private final SimulatedProducer producer = new SimulatedProducer(kafka, new Chance(1), SOUND);
    private final Group group = new Group(1);
    private @Nullable RuntimeException failure;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void parkTheirAccountAndEveryOtherRecordIsDecidedOnce(long seed) throws SQLException {
        var chance = new Chance(seed);
        for (var number = 0; number < GRANTS; number++) {
            for (var account : OTHERS) {
                send(account, "grant " + number);
            }
            if (number % 16 == 7) {
                send(REFUSED, "grant " + number);
            }
        }
        var worker = worker(chance);
        for (var turn = 0; turn < TURNS; turn++) {
            clock.move(chance.oneIn(3) ? 600 : 1);
            worker.turn();
            if (chance.oneIn(2)) {
                worker.append();
            }
        }

        var log = new SimulatedLog(database, SimulatedLog.Weather.CALM, SOUND);
        for (var account : OTHERS) {
            var events = log.accountFrom(account.value(), 0, 1_000);
            assertThat(events).hasSize(GRANTS);
            var state = AccountState.NEW;
            for (var stored : events) {
                state = state.evolve(stored.event());
            }
            assertThat(state.balance().availableUsd()).isEqualTo(usd(GRANTS + ".00"));
        }
        assertThat(log.accountFrom(REFUSED.value(), 0, 10)).isEmpty();
        assertThat(log.parkedAccounts(0)).isEqualTo(Map.of(REFUSED.value(), 3));
        assertThat(database.position(0).nextOffset()).isEqualTo(2L * GRANTS + 3);
    }

    /** Anything but a fault of the database is a defect; Kafka would hide it in a fault of its own. */
    @Test
    void whatNobodyExpectsEndsTheWorkerAlsoWhileShardsAreSharedOut() {
        var chance = new Chance(1);
        for (var number = 0; number < GRANTS; number++) {
            send(OTHERS.getFirst(), "grant " + number);
        }
        failure = new IllegalStateException("a defect");
        var worker = worker(chance);
        while (!worker.isAppending()) {
            worker.turn();
        }
        group.settle(List.of(1), chance);

        assertThatThrownBy(worker::turn).hasRootCauseMessage("a defect").isNotInstanceOf(KafkaException.class);
        assertThat(database.position(0).nextOffset()).isLessThan(2);
    }

    private void send(AccountId account, String reference) {
        var grant = aGrantOf(account, "1.00", account.value() + " " + reference);
        var metadata = EventMetadata.of(TimeOrderedIds.next(), "/test", Requests.NOON);
        kafka.append(EventRecords.record(Topics.LEDGER_INTAKE, null, account.value(), grant, metadata));
    }

    private SimulatedInstance worker(Chance chance) {
        group.calm();
        group.settle(List.of(0), chance);
        return new SimulatedInstance(
                new SimulatedConsumer(kafka, group, 0, chance),
                producer,
                () -> producer,
                refusing(new SimulatedLog(database, SimulatedLog.Weather.CALM, SOUND)),
                new SimulatedSnapshots(database, SimulatedLog.Weather.CALM, chance, SOUND),
                new SimulatedPositions(database, SimulatedLog.Weather.CALM),
                new SimulatedExpiringGrants(database, SimulatedLog.Weather.CALM, SOUND),
                SimulatedInstance.Gaps.NONE,
                Accounts.POLICY,
                1,
                clock);
    }

    private LedgerLog refusing(LedgerLog log) {
        return (LedgerLog) Proxy.newProxyInstance(
                LedgerLog.class.getClassLoader(), new Class<?>[] {LedgerLog.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("append") && failure != null) {
                        throw failure;
                    }
                    if (method.getName().equals("append") && holdsRefused((Collection<?>) arguments[0])) {
                        throw new SQLException("refused", "23505");
                    }
                    try {
                        return method.invoke(log, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static boolean holdsRefused(Collection<?> batches) {
        return batches.stream()
                .map(ShardBatch.class::cast)
                .flatMap(batch -> batch.events().stream())
                .anyMatch(event -> event.accountId().equals(REFUSED.value()));
    }
}
