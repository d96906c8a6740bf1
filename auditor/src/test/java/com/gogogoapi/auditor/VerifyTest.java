package com.gogogoapi.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.auditor.source.PostgresSource;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.evidence.state.StoredSnapshots;
import com.gogogoapi.fixtures.Route;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole verification of a log that is as it should be, from every source. */
@Tag("integration")
@Tag("slow")
class VerifyTest {

    private static MadeLog made;

    @BeforeAll
    static void make() throws Exception {
        made = new MadeLog().live(12, 600);
    }

    @AfterAll
    static void stop() {
        made.close();
    }

    @Test
    void agreesOnALogThatIsRight() {
        var audited = Audited.run("verify", "--jdbc", made.jdbcUrl(), "--kafka", made.kafka());
        assertThat(audited.exit()).as(audited.out() + audited.err()).isZero();
        assertThat(audited.lastLine()).startsWith("OK: ").contains("12 accounts");
    }

    /** What makes the verification worth anything: windows, and quotes that were executed after their price had turned. */
    @Test
    void theLogHasHoldsAtPricesThatHadTurned() throws Exception {
        var turned = 0;
        var peaks = 0;
        try (var source = new PostgresSource(made.jdbcUrl())) {
            for (var shard = 0; shard < MadeLog.SHARDS; shard++) {
                for (var row : MadeLog.rows(source, shard)) {
                    if (row.event() instanceof CreditReserved hold) {
                        var route = new Route(hold.model(), hold.priceVersion(), hold.prices());
                        turned += MadePrices.at(route, hold.decidedAt()).equals(route) ? 0 : 1;
                        peaks += hold.prices().output().toString().equals("0.56") ? 1 : 0;
                    }
                }
            }
        }
        assertThat(turned).isPositive();
        assertThat(peaks).isPositive();
    }

    @Test
    void aHoldOfAVersionThatWasNotPublishedIsFound() throws Exception {
        try (var kafka = EmbeddedKafka.start(MadeLog.temporaryFolder(), 0)) {
            try (var admin = Admin.create(kafka.asProcess().clientSettings())) {
                admin.createTopics(List.of(new NewTopic(Topics.LEDGER_EVENTS, MadeLog.SHARDS, (short) 1)))
                        .all()
                        .get();
            }
            MadePrices.publish(kafka.asProcess(), MadePrices.ALL.subList(0, 1));
            var audited =
                    Audited.run("verify", "--jdbc", made.jdbcUrl(), "--kafka", MadeLog.kafkaFile(kafka.asProcess()));
            assertThat(audited.exit()).isEqualTo(1);
            assertThat(audited.lastLine())
                    .contains("price version deepseek-v4-pro@", "must be one that route-prices has");
        }
    }

    @Test
    void withoutTheTopicPricesAreComparedWithNothingAndItSaysSo() {
        var audited = Audited.run("verify", "--jdbc", made.jdbcUrl());
        assertThat(audited.exit()).as(audited.out() + audited.err()).isZero();
        assertThat(audited.err()).containsOnlyOnce("no topic, so the prices of ");
    }

    @Test
    void howLongAgoARequestMayHaveBeenPricedCanBeSaid() {
        var audited = Audited.run("verify", "--jdbc", made.jdbcUrl(), "--kafka", made.kafka(), "--priced-within", "1s");
        assertThat(audited.exit()).isEqualTo(1);
        assertThat(audited.lastLine()).contains("when the request was priced");
        assertThat(Audited.run("verify", "--jdbc", made.jdbcUrl(), "--priced-within", "soon")
                        .exit())
                .isEqualTo(Auditor.UNTOLD);
    }

    @Test
    void comesToTheSameStatesFromAnExport() throws Exception {
        var folder = MadeLog.temporaryFolder();
        var exported = Audited.run("export", "--jdbc", made.jdbcUrl(), "--out", folder.toString());
        assertThat(exported.exit()).as(exported.err()).isZero();
        var fromExport = Audited.run("verify", "--export", folder.toString(), "--kafka", made.kafka());
        var fromDatabase = Audited.run("verify", "--jdbc", made.jdbcUrl());
        assertThat(fromExport.exit()).as(fromExport.out() + fromExport.err()).isZero();
        assertThat(states(fromExport)).isEqualTo(states(fromDatabase)).hasSize(16);
    }

    /** A snapshot costs or saves time and must never mean anything else; the mutant is one that does, by a cent. */
    @Test
    void holdsStoredSnapshotsAgainstTheEvents() throws Exception {
        var copy = made.copy();
        var insert = "insert into ledger_snapshot select account_id, seq, " + StoredSnapshots.FORMAT
                + ", convert_to(jsonb_build_object('spending', '[]'::jsonb, 'rates', '[]'::jsonb,"
                + " 'windows', jsonb_build_object('day', '1970-01-01T00:00:00Z', 'week', '1970-01-01T00:00:00Z',"
                + " 'month', '1970-01-01T00:00:00Z'),"
                + "'balance', convert_from(payload, 'UTF8')::jsonb->'balance', 'openHolds', '[]'::jsonb,"
                + " 'answered', '[]'::jsonb, 'forgottenUntilMillis', -1, 'lots', (select jsonb_agg(jsonb_build_object("
                + "'priority', coalesce((lot->>'priority')::int, 100), 'number', seq, 'grantId', lot->>'requestId',"
                + " 'leftUsd', lot->>'amountUsd', 'expiredParts', 0)"
                + " order by coalesce((lot->>'priority')::int, 100), seq)"
                + " from (select seq, convert_from(payload, 'UTF8')::jsonb as lot from ledger_event"
                + " where account_id = 'acct_003' and seq <= 1) granted))::text, 'UTF8') from ledger_event"
                + " where account_id = 'acct_003' and seq = 1";
        MadeLog.execute(copy, insert);
        var right = Audited.run("verify", "--jdbc", copy, "--kafka", made.kafka());
        assertThat(right.exit()).as(right.out() + right.err()).isZero();

        MadeLog.execute(
                copy,
                "update ledger_snapshot set state = convert_to(replace(convert_from(state, 'UTF8'),"
                        + " '0.06', '0.07'), 'UTF8')");
        assertSnapshotIsWrong(copy);

        MadeLog.execute(copy, "delete from ledger_snapshot", insert);
        MadeLog.execute(
                copy,
                "update ledger_snapshot set state = convert_to(replace(convert_from(state, 'UTF8'),"
                        + " '\"expiredParts\": 0', '\"expiredParts\": 1'), 'UTF8')");
        assertSnapshotIsWrong(copy);

        MadeLog.execute(copy, "delete from ledger_snapshot");
        assertThat(states(Audited.run("verify", "--jdbc", copy))).isEqualTo(states(right));
    }

    private static void assertSnapshotIsWrong(String copy) {
        var wrong = Audited.run("verify", "--jdbc", copy, "--kafka", made.kafka());
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.lastLine()).contains("snapshot of account acct_003 is another state");
    }

    /** The mutant of "the live state is the rebuilt one": a ledger that answers another state. */
    @Test
    void noticesARunningLedgerThatIsInAnotherState() throws Exception {
        var account = new com.gogogoapi.auditor.verify.AuditedAccount("acct_1");
        var right = account.state().hashHex();
        var answer = new java.util.concurrent.atomic.AtomicReference<>(right);
        var server = com.sun.net.httpserver.HttpServer.create(
                new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/operator/accounts/acct_1/state", exchange -> {
            var body = ("{\"state_hash\":\"" + answer.get() + "\"}").getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            var live =
                    new HttpLiveStates("http://127.0.0.1:" + server.getAddress().getPort(), "token");
            assertThat(live.differing("acct_1", account)).isEmpty();
            answer.set(right.replace(right.charAt(0), right.charAt(0) == '0' ? '1' : '0'));
            assertThat(live.differing("acct_1", account)).get().asString().contains("another one");
        } finally {
            server.stop(0);
        }
    }

    private static String states(Audited audited) {
        return audited.lastLine().replaceAll(".*states ([0-9a-f]+).*", "$1");
    }
}
