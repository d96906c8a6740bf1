package com.gogogoapi.ledger;

import static com.gogogoapi.contracts.ledger.intake.GrantTerms.until;
import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.ledger.log.HashChain;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The service as it ships, on a real Kafka and a real PostgreSQL. */
@Tag("integration")
@Tag("slow")
class LedgerOnRealServersTest {

    private static final Duration SOON = Duration.ofMinutes(2);

    private static RunningLedger ledger;

    private final AccountId account = new AccountId("acct_" + Long.toHexString(System.nanoTime()));

    @BeforeAll
    static void start() {
        ledger = RunningLedger.start("ledger", "--gogogoapi.instance-id=test", "--gogogoapi.ledger.hold-duration=10s");
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    /** A request to come of an account that has so much. */
    private UUID funded(String amount) {
        ledger.send(aGrantOf(account, amount, "opening"));
        return newRequest();
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(30);
    }

    @Test
    void holdsThenChargesThenReleasesTheRest() throws Exception {
        var request = funded("5.00");

        var reserved = ledger.decisionOn(aQuoteOf(account, request, 1_000, 1_000, soon()), CreditReserved.class);
        assertThat(reserved.heldUsd()).isEqualTo(usd("0.00042"));

        var settled = ledger.decisionOn(theCompletionOf(account, request, usage(1_000, 0, 10)), CreditSettled.class);
        assertThat(settled.chargedUsd()).isEqualTo(usd("0.0001428"));
        assertThat(settled.releasedUsd()).isEqualTo(usd("0.0002772"));

        assertThat(ledger.balanceOf(account))
                .contains("\"available_usd\":\"4.9998572\"", "\"held_usd\":\"0.00\"", "\"open_holds\":0");
    }

    @Test
    void repeatsTheFirstAnswerToARecordThatWasSentTwice() {
        var request = funded("0.00001");
        var quote = aQuoteOf(account, request, 0, 1_000_000, soon());
        var first = ledger.decisionOn(quote, CreditRefused.class);
        ledger.send(aGrantOf(account, "5.00", "top-up"));

        ledger.send(quote);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(ledger.decisionsOn(quote)).hasSize(2).allMatch(first::equals));
    }

    @Test
    void releasesAHoldThatNobodyCompletesAndSettlesItLateWhenItSurfaces() {
        var request = funded("5.00");
        ledger.decisionOn(aQuoteOf(account, request, 0, 1_000, soon()), CreditReserved.class);

        await().atMost(SOON).untilAsserted(() -> assertThat(ledger.balanceOf(account))
                .contains("\"available_usd\":\"5.00\"", "\"held_usd\":\"0.00\""));

        var late = ledger.decisionOn(theCompletionOf(account, request, usage(0, 0, 400)), CreditSettled.class);
        assertThat(late.late()).isTrue();
        assertThat(late.balance().availableUsd()).isEqualTo(usd("4.999888"));
    }

    @Test
    void takesBackWhatIsLeftOfAGrantWhenItsLifeIsOver() throws Exception {
        var request = funded("1.00");
        var now = Instant.now();
        var promotion = aGrantOf(account, "2.00", "promotion", until(now.plusSeconds(5)), now);
        ledger.send(promotion);
        // More than what was paid for: as long as it is held, some of the promotion cannot end.
        ledger.decisionOn(aQuoteOf(account, request, 0, 5_000_000, soon()), CreditReserved.class);

        await().atMost(SOON).untilAsserted(() -> assertThat(ledger.balanceOf(account))
                .contains("\"available_usd\":\"1.00\"", "\"held_usd\":\"0.00\"", "\"expired_usd\":\"2.00\""));
        var jdbc = ledger.jdbc();
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        jdbc.sql("select count(*) from ledger_expiring_grant where account_id = ?")
                                .param(account.value())
                                .query(Integer.class)
                                .single())
                .as("announced no more")
                .isZero());
        var parts = ledger.get("/internal/accounts/" + account + "/requests/" + promotion.requestId());
        assertThat(parts.body()).contains("CreditGranted.v1", "CreditExpired.v1", "\"part\":1");
    }

    @Test
    void publishesTheLogInOrderAndByteForByte() {
        var request = funded("5.00");
        ledger.decisionOn(aQuoteOf(account, request, 0, 1_000, soon()), CreditReserved.class);
        ledger.decisionOn(theCompletionOf(account, request, usage(0, 0, 1)), CreditSettled.class);
        var jdbc = ledger.jdbc();

        await().atMost(SOON).untilAsserted(() -> {
            for (var shard = 0; shard < RunningLedger.SHARDS; shard++) {
                var logged = jdbc.sql("select type, payload from ledger_event where shard = ? order by pos")
                        .param(shard)
                        .query((row, number) -> row.getString(1) + new String(row.getBytes(2)))
                        .list();
                assertThat(published(shard)).isEqualTo(logged);
            }
        });
    }

    private static List<String> published(int shard) {
        // A start from a position that was not saved yet repeats: the sequence tells.
        var bySequence = new HashMap<Long, String>();
        for (var record : RunningLedger.records(Topics.LEDGER_EVENTS, shard)) {
            var type = new String(record.headers().lastHeader("ce_type").value());
            var sequence = Long.valueOf(
                    new String(record.headers().lastHeader("ce_sequence").value()));
            bySequence.putIfAbsent(sequence, type + new String(record.value()));
        }
        return bySequence.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    @Test
    void chainsEveryBatchOverTheStoredBytes() throws Exception {
        ledger.decisionOn(aQuoteOf(account, funded("5.00"), 0, 1_000, soon()), CreditReserved.class);
        var ledgerLog = new PostgresLedgerLog(ledger.bean(DataSource.class));
        var jdbc = ledger.jdbc();

        for (var position : ledgerLog.positionsOf(List.of(0, 1, 2, 3, 4, 5, 6, 7))) {
            var head = HashChain.genesis();
            var pos = 0L;
            for (var lastPos : jdbc.sql(
                            "select last_pos from ledger_batch where shard = ? and last_pos <= ? order by 1")
                    .params(position.shard(), position.lastPos())
                    .query(Long.class)
                    .list()) {
                var events = ledgerLog.shardAfter(position.shard(), pos, (int) (lastPos - pos));
                head = HashChain.next(head, events);
                pos = lastPos;
            }
            assertThat(pos).isEqualTo(position.lastPos());
            assertThat(head).isEqualTo(position.hashHead());
        }
    }

    @Test
    void setsAsideWhatItCannotReadAndGoesOn() {
        var publisher = ledger.bean(EventPublisher.class);
        for (var type : List.of("com.gogogoapi.FromTheFuture.v9", "com.gogogoapi.GrantRequested.v1")) {
            var record = new ProducerRecord<>(Topics.LEDGER_INTAKE, account.value(), "{\"broken\":".getBytes());
            record.headers().add("ce_type", type.getBytes());
            publisher.send(record).join();
        }
        var before = deadLetters();
        ledger.send(aGrantOf(account, "5.00", "after"));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(ledger.balanceOf(account)).contains("\"available_usd\":\"5.00\"");
            assertThat(deadLetters()).isGreaterThanOrEqualTo(Math.max(2, before));
        });
        assertThat(await().atMost(SOON)
                        .until(
                                () -> ledger.get("/actuator/prometheus").body(),
                                text -> text.contains("gogogoapi_dead_letters")))
                .contains("reason=\"malformed\"");
    }

    private static int deadLetters() {
        return RunningLedger.records(Topics.DEAD_LETTERS, 0).size();
    }

    @Test
    void keepsEverythingOverARestart() throws Exception {
        var request = funded("5.00");
        ledger.decisionOn(aQuoteOf(account, request, 0, 1_000, soon()), CreditReserved.class);

        ledger.restart();

        var settled = ledger.decisionOn(theCompletionOf(account, request, usage(0, 0, 400)), CreditSettled.class);
        assertThat(settled.chargedUsd()).isEqualTo(usd("0.000112"));
    }

    @Test
    void refusesWhoeverHasNoServiceToken() throws Exception {
        var answer = ledger.getWithoutToken("/internal/accounts/" + account + "/balance");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("invalid_service_token");
    }

    @Test
    void refusesToStartWithAnotherNumberOfShards() {
        var jdbc = ledger.jdbc();
        assertThatThrownBy(() -> InstallationShards.check(jdbc, 9))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("created with 8 shards");
        assertThatThrownBy(() -> ledger.run(9).close())
                .rootCause()
                .hasMessageContaining("ledger-intake: partitions is 8 and must be 9");
    }

    @Test
    void refusesToUpdateTheLog() {
        var jdbc = ledger.jdbc();
        funded("5.00");
        assertThatThrownBy(() -> jdbc.sql("update ledger_event set type = 'x'").update())
                .hasMessageContaining("append-only");
    }

    @Test
    void pagesThroughAStatementNewestFirst() throws Exception {
        for (var i = 0; i < 5; i++) {
            ledger.send(aGrantOf(account, "1.00", "grant-" + i));
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ledger.balanceOf(account)).contains("\"granted_usd\":\"5.00\""));

        var first = ledger.get("/internal/accounts/" + account + "/statement?limit=3")
                .body();
        assertThat(first)
                .contains("grant-4", "grant-2", "\"next_cursor\":\"2\"")
                .doesNotContain("grant-1");
        var second = ledger.get("/internal/accounts/" + account + "/statement?limit=3&cursor=2")
                .body();
        assertThat(second)
                .contains("grant-1", "grant-0", "\"next_cursor\":null")
                .doesNotContain("grant-2");
        assertThat(ledger.get("/internal/accounts/" + account + "/statement?limit=0")
                        .statusCode())
                .isEqualTo(400);
    }
}
