package com.gogogoapi.ledger.aggregate;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.Decision;
import com.gogogoapi.ledger.aggregate.EngineBench.Polled;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.snapshot.PostgresSnapshots;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Batches on a real PostgreSQL, without Kafka. */
@Tag("integration")
class AccountEngineTest {

    private static final int SHARD = 3;

    private final EngineBench bench = new EngineBench();
    private final LedgerLog ledgerLog = bench.ledgerLog();
    private final PostgresSnapshots snapshots = bench.snapshots();

    @AfterEach
    void close() {
        snapshots.close();
    }

    private AccountEngine engine() throws SQLException {
        return bench.engine(SHARD);
    }

    private ShardPosition position(int shard) throws SQLException {
        return bench.position(shard);
    }

    private Polled intake(ShardPosition from, LedgerIntake... records) throws SQLException {
        return bench.intake(from, records);
    }

    private static BatchOutcome run(AccountEngine engine, Polled... intakes) {
        return EngineBench.run(engine, intakes);
    }

    private AccountState replayed(AccountId account) throws SQLException {
        return bench.replayed(account);
    }

    @Test
    void aBatchIsOneTransactionOfSeveralShardsAndAccounts() throws SQLException {
        var other = new AccountId("acct_other");
        var outcome = run(
                engine(),
                intake(position(1), aGrantOf("5.00", "a"), aQuoteOf(newRequest(), 10)),
                intake(position(2), aGrantOf(other, "1.00", "a")));

        assertThat(outcome.appended()).hasSize(2);
        assertThat(position(1).lastPos()).isEqualTo(2);
        assertThat(position(1).nextOffset()).isEqualTo(2);
        assertThat(position(2).lastPos()).isEqualTo(1);
        assertThat(replayed(other).balance().availableUsd()).isEqualTo(usd("1.00"));
    }

    @Test
    void aZombieWritesNothingAndTheOthersOfItsBatchDo() throws SQLException {
        var stale = position(SHARD);
        var owner = engine();
        var zombie = engine();
        run(owner, intake(stale, aGrantOf("5.00", "by the owner")));
        var other = new AccountId("acct_other");

        var outcome = run(
                zombie,
                intake(stale, aGrantOf("7.00", "by the zombie")),
                intake(position(4), aGrantOf(other, "1.00", "a")));

        assertThat(outcome.fenced()).containsExactly(SHARD);
        assertThat(outcome.appended())
                .extracting(shard -> shard.batch().shard())
                .containsExactly(4);
        assertThat(replayed(ACCOUNT).balance().grantedUsd()).isEqualTo(usd("5.00"));
        assertThat(position(SHARD).lastPos()).isOne();

        // Once it reads its position anew it goes on from what is there, not from what it believed.
        run(zombie, intake(position(SHARD), aGrantOf("1.00", "after")));
        assertThat(replayed(ACCOUNT).balance().grantedUsd()).isEqualTo(usd("6.00"));
    }

    @Test
    void aBatchMayBeDecidedBeforeTheOneBeforeItIsInTheLog() throws SQLException {
        var engine = engine();
        var request = newRequest();
        run(engine, intake(position(SHARD), aGrantOf("1.00", "at hand")));
        var first = intake(position(SHARD), aGrantOf("5.00", "not in the log yet"));
        var decided = engine.decide(List.of(first.intake()));

        var next = intake(first.from(), aQuoteOf(request, 10_000_000));
        var ahead = engine.decide(List.of(next.intake()), () -> {
            throw new AssertionError("what is at hand is not read");
        });
        assertThat(ledgerLog.accountFrom(ACCOUNT.value(), 0, 10)).hasSize(1);
        EngineBench.append(engine, decided, first);
        EngineBench.append(engine, ahead, new Polled(position(SHARD), next.intake()));

        assertThat(replayed(ACCOUNT).openHolds()).containsKey(request);
        assertThat(replayed(ACCOUNT).balance().availableUsd()).isEqualTo(usd("3.20"));
    }

    @Test
    void anAccountThatIsNotAtHandIsReadWhenTheBatchBeforeIsInTheLog() throws SQLException {
        var engine = engine();
        var first = intake(position(SHARD), aGrantOf("5.00", "not in the log yet"));
        var decided = engine.decide(List.of(first.intake()));
        engine.forget();

        var next = intake(first.from(), aQuoteOf(newRequest(), 10_000_000));
        var ahead = engine.decide(List.of(next.intake()), () -> {
            if (logIsEmpty()) {
                EngineBench.append(engine, decided, first);
            }
        });
        EngineBench.append(engine, ahead, new Polled(position(SHARD), next.intake()));

        assertThat(replayed(ACCOUNT).openHolds()).hasSize(1);
    }

    private boolean logIsEmpty() {
        try {
            return ledgerLog.accountFrom(ACCOUNT.value(), 0, 1).isEmpty();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aBatchWithoutEventsMovesItsOffsetAndIsFencedToo() throws SQLException {
        var from = position(SHARD);
        var nothing = new Polled(from, new ShardIntake(from.shard(), 7, ShardPosition.NO_EPOCH, List.of()));
        assertThat(run(engine(), nothing).appended()).hasSize(1);
        assertThat(position(SHARD).nextOffset()).isEqualTo(7);
        assertThat(position(SHARD).lastPos()).isZero();
        assertThat(run(engine(), nothing).fenced()).containsExactly(SHARD);
    }

    @Test
    void aRepeatWithinABatchAfterItAndLongAfterGetsTheFirstAnswer() throws SQLException {
        var engine = engine();
        var request = newRequest();
        var quote = aQuoteOf(request, 1_000);
        var completed = theCompletionOf(request, usage(0, 0, 10));
        var first = run(
                engine,
                intake(
                        position(SHARD),
                        aGrantOf("5.00", "a"),
                        quote,
                        quote,
                        completed,
                        completed,
                        aGrantOf("5.00", "a")));
        assertThat(first.appended().getFirst().events()).hasSize(3);
        assertThat(first.appended().getFirst().decided())
                .extracting(decided -> decided.decision().getClass().getSimpleName())
                .containsExactly("NewEvent", "NewEvent", "Repeated", "NewEvent", "Repeated", "Repeated");

        var fillers = new ArrayList<LedgerIntake>();
        for (var i = 0; i < 600; i++) {
            fillers.add(aGrantOf("0.01", "filler " + i));
        }
        run(engine, intake(position(SHARD), fillers.toArray(LedgerIntake[]::new)));
        var later = run(engine(), intake(position(SHARD), quote, completed, aGrantOf("5.00", "a")));

        assertThat(later.appended().getFirst().events()).isEmpty();
        assertThat(later.appended().getFirst().decided())
                .extracting(decided -> decided.decision())
                .allMatch(decision -> decision instanceof Decision.Repeated);
        assertThat(replayed(ACCOUNT).balance().grantedUsd()).isEqualTo(usd("11.00"));
    }

    @Test
    void aSnapshotAffectsWhatAStartCostsAndNothingElse() throws SQLException {
        var engine = engine();
        var requests = new ArrayList<LedgerIntake>(List.of(aGrantOf("5.00", "a")));
        for (var i = 0; i < 400; i++) {
            var request = newRequest();
            requests.add(aQuoteOf(request, 100 + i));
            requests.add(theCompletionOf(request, usage(0, 0, i)));
        }
        var open = newRequest();
        requests.add(aQuoteOf(open, 77));
        run(engine, intake(position(SHARD), requests.toArray(LedgerIntake[]::new)));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> snapshots.of(ACCOUNT.value()).isPresent());

        var taken = snapshots.of(ACCOUNT.value()).orElseThrow();
        var state = AccountState.NEW;
        for (var stored : ledgerLog.accountFrom(ACCOUNT.value(), 0, (int) taken.seq() + 1)) {
            state = state.evolve(stored.event());
        }
        assertThat(taken.state().balance()).isEqualTo(state.balance());
        assertThat(taken.state().openHolds()).isEqualTo(state.openHolds());
        assertThat(taken.state().answered()).isEqualTo(state.answered());
        assertThat(taken.state().answered().forgottenUntilMillis())
                .isEqualTo(state.answered().forgottenUntilMillis());

        var completion = theCompletionOf(open, usage(0, 0, 7));
        var withSnapshot = eventsOf(run(engine(), intake(position(SHARD), completion)));
        bench.jdbc().sql("delete from ledger_snapshot").update();
        var repeated = run(engine(), intake(position(SHARD), completion));
        assertThat(repeated.appended().getFirst().decided().getFirst().decision())
                .isEqualTo(new Decision.Repeated(withSnapshot.getFirst()));
    }

    private static List<LedgerEvent> eventsOf(BatchOutcome outcome) {
        return outcome.appended().getFirst().events();
    }

    @Test
    void theDatabaseItselfRefusesASecondCharge() throws SQLException {
        var request = newRequest();
        run(
                engine(),
                intake(
                        position(SHARD),
                        aGrantOf("5.00", "a"),
                        aQuoteOf(request, 10),
                        theCompletionOf(request, usage(0, 0, 1))));
        var duplicate = bench.jdbc().sql("""
                        insert into ledger_event select shard, pos + 100, account_id, seq + 100, event_id, type, payload,
                               causation_id, trace_parent, at_millis from ledger_event where pos = 3""");
        org.assertj.core.api.Assertions.assertThatThrownBy(duplicate::update)
                .hasMessageContaining("ledger_event_identity");
    }
}
