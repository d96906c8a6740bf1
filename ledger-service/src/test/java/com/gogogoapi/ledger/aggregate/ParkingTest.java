package com.gogogoapi.ledger.aggregate;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static com.gogogoapi.ledger.account.Accounts.theExpiryOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.ledger.log.ParkedRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What cannot be decided parks its account, and nobody else waits; on a real PostgreSQL. */
@Tag("integration")
class ParkingTest {

    private static final int SHARD = 3;
    private static final AccountId OTHER = new AccountId("acct_other");

    private final EngineBench bench = new EngineBench();
    private AccountEngine engine;

    @BeforeEach
    void start() throws SQLException {
        engine = bench.engine(SHARD);
    }

    private List<ParkedRecord> parked() throws SQLException {
        return bench.ledgerLog().parkedOf(ACCOUNT.value(), 10_000);
    }

    private Usd available(AccountId account) throws SQLException {
        return bench.replayed(account).balance().availableUsd();
    }

    private void resume(long offset, ParkedResumeRequested.Action action) throws SQLException {
        bench.run(
                engine,
                SHARD,
                new ParkedResumeRequested(ACCOUNT, offset, action, "an operator", "because it is mended", NOON, null));
    }

    @Test
    void anUnreadableRecordParksItsAccountAndNoOther() throws SQLException {
        bench.run(engine, SHARD, aGrantOf("5.00", "a"));
        bench.runRecords(
                engine,
                SHARD,
                bench.record(SHARD, ACCOUNT, "com.gogogoapi.FromTheFuture.v9", "{}"),
                bench.record(aGrantOf("1.00", "b"), SHARD),
                bench.record(aGrantOf(OTHER, "2.00", "c"), SHARD));

        assertThat(available(ACCOUNT)).isEqualTo(usd("5.00"));
        assertThat(available(OTHER)).isEqualTo(usd("2.00"));
        assertThat(parked())
                .extracting(ParkedRecord::why)
                .containsExactly("unknown type com.gogogoapi.FromTheFuture.v9", ParkedRecord.WAITS);
        assertThat(engine.parkedAccounts()).isOne();
    }

    /** What is wrong may be quoted, and a text of PostgreSQL holds no NUL. */
    @Test
    void aRecordWhoseFaultCannotBeQuotedParksItsAccountAllTheSame() throws SQLException {
        var json = new String(EventJson.write(aGrantOf("1.00", "a")), UTF_8);
        bench.runRecords(
                engine,
                SHARD,
                bench.record(
                        SHARD,
                        ACCOUNT,
                        "com.gogogoapi.GrantRequested.v1",
                        json.replace("OPERATOR_GRANT", "\\u0000of tomorrow")),
                bench.record(
                        SHARD,
                        OTHER,
                        "com.gogogoapi.GrantRequested.v1",
                        json.replace("\"accountId\":\"" + ACCOUNT.value() + "\",", "")));
        assertThat(parked()).singleElement().satisfies(record -> assertThat(record.why())
                .startsWith("malformed")
                .doesNotContain("\0"));
        assertThat(bench.ledgerLog().parkedOf(OTHER.value(), 10))
                .singleElement()
                .satisfies(record -> assertThat(record.why()).contains("accountId"));
    }

    @Test
    void skippingTheBadRecordDecidesTheOthersInTheirOrder() throws SQLException {
        var request = newRequest();
        bench.runRecords(
                engine,
                SHARD,
                bench.record(SHARD, ACCOUNT, "com.gogogoapi.GrantRequested.v1", "{\"broken\":"),
                bench.record(aGrantOf("1.00", "b"), SHARD),
                bench.record(aQuoteOf(request, 100), SHARD));
        bench.run(engine, SHARD, theCompletionOf(request, usage(0, 0, 100)));
        assertThat(parked()).hasSize(4);

        resume(parked().getFirst().offset(), ParkedResumeRequested.Action.SKIP);

        assertThat(parked()).isEmpty();
        assertThat(engine.parkedAccounts()).isZero();
        assertThat(available(ACCOUNT)).isEqualTo(usd("0.999972"));
        assertThat(bench.endsOfParked()).containsExactly("SKIPPED", "DECIDED", "DECIDED", "DECIDED");
        bench.run(engine, SHARD, aGrantOf("1.00", "and it goes on"));
        assertThat(available(ACCOUNT)).isEqualTo(usd("1.999972"));
    }

    @Test
    void aRetryInVainLeavesItParkedAndSaysWhy() throws SQLException {
        bench.runRecords(
                engine,
                SHARD,
                bench.record(SHARD, ACCOUNT, "com.gogogoapi.FromTheFuture.v9", "{}"),
                bench.record(aGrantOf("1.00", "b"), SHARD));
        var offset = parked().getFirst().offset();

        resume(offset + 1, ParkedResumeRequested.Action.SKIP);
        assertThat(parked()).as("not the first one: a misunderstanding").hasSize(2);
        resume(offset, ParkedResumeRequested.Action.RETRY);

        assertThat(parked()).hasSize(2);
        assertThat(parked().getFirst().why()).startsWith("unknown type");
        assertThat(available(ACCOUNT)).isEqualTo(Usd.ZERO);
    }

    @Test
    void aBrokenLogParksItsAccountAndAMendedOneGoesOn() throws SQLException {
        bench.run(engine, SHARD, aGrantOf("5.00", "a"));
        // As if a defect had written a wrong balance: replaying refuses it.
        bench.unguarded("update ledger_event set payload = convert_to(replace(convert_from(payload, 'UTF8'),"
                + " '\"availableUsd\":\"5.00\"', '\"availableUsd\":\"6.00\"'), 'UTF8')");
        engine.open(List.of(SHARD));
        bench.run(engine, SHARD, aGrantOf("1.00", "b"), aGrantOf(OTHER, "1.00", "c"));
        assertThat(parked()).hasSize(1);
        assertThat(parked().getFirst().why()).contains("must add up to granted");
        assertThat(available(OTHER)).isEqualTo(usd("1.00"));

        bench.unguarded("update ledger_event set payload = convert_to(replace(convert_from(payload, 'UTF8'),"
                + " '\"availableUsd\":\"6.00\"', '\"availableUsd\":\"5.00\"'), 'UTF8')");
        resume(parked().getFirst().offset(), ParkedResumeRequested.Action.RETRY);
        assertThat(parked()).isEmpty();
        assertThat(available(ACCOUNT)).isEqualTo(usd("6.00"));
    }

    @Test
    void itStaysParkedOverAChangeOfOwner() throws SQLException {
        bench.runRecords(engine, SHARD, bench.record(SHARD, ACCOUNT, "com.gogogoapi.FromTheFuture.v9", "{}"));
        var next = bench.engine(SHARD);
        assertThat(next.parkedAccounts()).isOne();
        bench.run(next, SHARD, aGrantOf("1.00", "b"));
        assertThat(parked()).hasSize(2);
    }

    @Test
    void whatComesBehindTheResumeInItsBatchNeedsNoParking() throws SQLException {
        bench.runRecords(engine, SHARD, bench.record(SHARD, ACCOUNT, "com.gogogoapi.FromTheFuture.v9", "{}"));
        var offset = parked().getFirst().offset();
        bench.run(engine, SHARD, aGrantOf("1.00", "before"));
        bench.run(
                engine,
                SHARD,
                new ParkedResumeRequested(
                        ACCOUNT, offset, ParkedResumeRequested.Action.SKIP, "an operator", "not ours", NOON, null),
                aGrantOf("2.00", "after"));
        assertThat(parked()).isEmpty();
        assertThat(available(ACCOUNT)).isEqualTo(usd("3.00"));
    }

    @Test
    void manyGoOnInParts() throws SQLException {
        bench.runRecords(engine, SHARD, bench.record(SHARD, ACCOUNT, "com.gogogoapi.FromTheFuture.v9", "{}"));
        var grants = new ArrayList<com.gogogoapi.contracts.ledger.intake.LedgerIntake>();
        for (var i = 0; i < Resuming.RESUMED_AT_ONCE + 10; i++) {
            grants.add(aGrantOf("0.01", "grant " + i));
        }
        bench.run(engine, SHARD, grants.toArray(com.gogogoapi.contracts.ledger.intake.LedgerIntake[]::new));
        var first = bench.run(
                engine,
                SHARD,
                new ParkedResumeRequested(
                        ACCOUNT,
                        parked().getFirst().offset(),
                        ParkedResumeRequested.Action.SKIP,
                        "an operator",
                        "not ours",
                        NOON,
                        null));
        assertThat(parked()).hasSize(11);
        assertThat(first.toResume()).hasSize(1);
        bench.run(engine, SHARD, first.toResume().getFirst());
        assertThat(parked()).isEmpty();
        assertThat(available(ACCOUNT)).isEqualTo(usd("10.10"));
    }

    @Test
    void announcementsThatAHoldIsOverAreNotKept() throws SQLException {
        bench.runRecords(engine, SHARD, bench.record(SHARD, ACCOUNT, "com.gogogoapi.FromTheFuture.v9", "{}"));
        bench.run(engine, SHARD, theExpiryOf(newRequest()), theExpiryOf(newRequest()));
        assertThat(parked()).hasSize(1);
    }

    @Test
    void rowsThatTheDatabaseRefusesCanBeSetAside() throws SQLException {
        var request = newRequest();
        bench.run(engine, SHARD, aGrantOf("1.00", "a"), aGrantOf(OTHER, "1.00", "b"), aQuoteOf(request, 10));
        // Another account's request under the same id: its event would have the identity of one in the log.
        var clash = bench.record(aQuoteOf(OTHER, request, 0, 10, NOON.plusSeconds(30)), SHARD);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> bench.runRecords(engine, SHARD, clash))
                .isInstanceOfSatisfying(
                        com.gogogoapi.ledger.log.LogUnavailableException.class,
                        e -> assertThat(e.refusedTheRows()).isTrue());
        var polled = bench.intake(SHARD, clash);
        EngineBench.append(engine, engine.setAside(polled.intake(), "refused by the database"), polled);
        assertThat(bench.ledgerLog().parkedAccounts(SHARD)).isEqualTo(Map.of(OTHER.value(), 1));
        assertThat(available(ACCOUNT)).isEqualTo(usd("0.9999972"));
    }
}
