package com.gogogoapi.ledger.aggregate;

import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.ledger.account.Accounts.POLICY;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.contracts.wire.IntakeSecret;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.log.IntakeRecord;
import com.gogogoapi.ledger.log.LedgerDatabase;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.LogUnavailableException;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.snapshot.PostgresSnapshots;
import com.gogogoapi.ledger.trust.IntakeGuard;
import com.gogogoapi.ledger.trust.IntakeGuard.Refusal;
import com.gogogoapi.ledger.trust.IntakeKeys;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An empty ledger in a real PostgreSQL, and engines that decide batches on it. */
final class EngineBench {

    private final DataSource dataSource;
    private final LedgerLog ledgerLog;
    private final PostgresSnapshots snapshots;
    private final List<Refusal> refused = new ArrayList<>();
    private IntakeGuard guard = new IntakeGuard(new IntakeKeys(List.of(), 8));

    EngineBench() {
        dataSource = LedgerDatabase.empty("engine");
        ledgerLog = new PostgresLedgerLog(dataSource);
        snapshots = new PostgresSnapshots(dataSource);
    }

    /** Has engines that are made from now on know these secrets. */
    void knows(List<IntakeSecret> secrets, int shards) {
        guard = new IntakeGuard(new IntakeKeys(secrets, shards));
    }

    /** What was not believed since this was last asked. */
    List<Refusal> takeRefused() {
        var all = List.copyOf(refused);
        refused.clear();
        return all;
    }

    LedgerLog ledgerLog() {
        return ledgerLog;
    }

    PostgresSnapshots snapshots() {
        return snapshots;
    }

    JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    /** A new owner of these shards. */
    AccountEngine engine(Integer... shards) throws SQLException {
        var engine =
                new AccountEngine(ledgerLog, snapshots, POLICY, 100, guard, (record, refusal) -> refused.add(refusal));
        engine.open(List.of(shards));
        return engine;
    }

    ShardPosition position(int shard) throws SQLException {
        return ledgerLog.positionsOf(List.of(shard)).getFirst();
    }

    IntakeRecord record(LedgerIntake intake, int shard) throws SQLException {
        return record(
                shard, intake.accountId(), EventType.of(intake).wireName(), new String(EventJson.write(intake), UTF_8));
    }

    /** A record at the shard's next offset; {@link #intake} gives every record of a batch its own. */
    IntakeRecord record(int shard, AccountId key, String type, String json) throws SQLException {
        return new IntakeRecord(
                shard,
                position(shard).nextOffset(),
                key.value(),
                type,
                json.getBytes(UTF_8),
                TimeOrderedIds.next(),
                null,
                null,
                NOON.toEpochMilli(),
                null);
    }

    /** An intake, and where its owner believes that the shard stands. */
    record Polled(ShardPosition from, ShardIntake intake) {}

    /** The whole way of a batch. */
    static BatchOutcome run(AccountEngine engine, Polled... polled) {
        var batch = engine.decide(Stream.of(polled).map(Polled::intake).toList());
        return append(engine, batch, polled);
    }

    static BatchOutcome append(AccountEngine engine, DecidedBatch batch, Polled... polled) {
        BatchOutcome outcome;
        try {
            outcome = batch.append(Stream.of(polled).map(Polled::from).toList());
        } catch (LogUnavailableException e) {
            engine.forget();
            throw e;
        }
        engine.applyOutcome(batch, outcome);
        return outcome;
    }

    Polled intake(int shard, IntakeRecord... records) throws SQLException {
        return intake(position(shard), records);
    }

    static Polled intake(ShardPosition from, IntakeRecord... records) {
        for (var i = 0; i < records.length; i++) {
            var record = records[i];
            records[i] = new IntakeRecord(
                    from.shard(),
                    from.nextOffset() + i,
                    record.accountId(),
                    record.type(),
                    record.payload(),
                    record.causationId(),
                    null,
                    record.replyPartition(),
                    record.atMillis(),
                    record.seal());
        }
        return new Polled(
                from,
                new ShardIntake(
                        from.shard(), from.nextOffset() + records.length, ShardPosition.NO_EPOCH, List.of(records)));
    }

    Polled intake(ShardPosition from, LedgerIntake... records) throws SQLException {
        var arrived = new IntakeRecord[records.length];
        for (var i = 0; i < records.length; i++) {
            arrived[i] = record(records[i], from.shard());
        }
        return intake(from, arrived);
    }

    BatchOutcome run(AccountEngine engine, int shard, LedgerIntake... records) throws SQLException {
        return run(engine, intake(position(shard), records));
    }

    BatchOutcome runRecords(AccountEngine engine, int shard, IntakeRecord... records) throws SQLException {
        return run(engine, intake(shard, records));
    }

    AccountState replayed(AccountId account) throws SQLException {
        var state = AccountState.NEW;
        for (var stored : ledgerLog.accountFrom(account.value(), 0, 1_000_000)) {
            state = state.evolve(stored.event());
        }
        return state;
    }

    /** What became of all parked records, in the order of the intake. */
    List<String> endsOfParked() {
        return jdbc().sql("select state from ledger_parked order by intake_offset")
                .query(String.class)
                .list();
    }

    /** Changes what the database guards against changing. */
    void unguarded(String sql) {
        for (var statement : Arrays.asList(
                "alter table ledger_event disable trigger user", sql, "alter table ledger_event enable trigger user")) {
            jdbc().sql(statement).update();
        }
    }
}
