package com.gogogoapi.ledger;

import static com.gogogoapi.contracts.money.Usd.usd;
import static com.gogogoapi.ledger.account.Fixtures.completed;
import static com.gogogoapi.ledger.account.Fixtures.grant;
import static com.gogogoapi.ledger.account.Fixtures.newRequest;
import static com.gogogoapi.ledger.account.Fixtures.quote;
import static com.gogogoapi.ledger.account.Fixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.ServiceTokens;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.ledger.log.HashChain;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service as it ships, on a real Kafka and a real PostgreSQL. */
class LedgerOnRealServersTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final int REPLY_PARTITION = 3;
    private static final Duration SOON = Duration.ofSeconds(20);

    private static Database database;
    private static ConfigurableApplicationContext service;

    private final AccountId account = new AccountId("acct_" + Long.toHexString(System.nanoTime()));

    @BeforeAll
    static void start() {
        database = Infrastructure.shared().newDatabase("ledger");
        service = run(8);
    }

    private static ConfigurableApplicationContext run(int shards) {
        return LedgerService.application()
                .run(Infrastructure.shared().kafka(BrokerUser.LEDGER_SERVICE).serviceArguments("--server.port=0",
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password(),
                        "--gogogoapi.internal-secret=" + SECRET,
                        "--gogogoapi.shards=" + shards,
                        "--gogogoapi.instance-id=test",
                        "--gogogoapi.ledger.hold-duration=3s"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static void send(CreditIntake intake) {
        service.getBean(EventPublisher.class)
                .toLedger(intake, REPLY_PARTITION, null)
                .join();
    }

    private LedgerEvent decisionOn(CreditIntake intake, Class<? extends LedgerEvent> kind) {
        send(intake);
        return await().atMost(SOON)
                .until(
                        () -> events(Topics.CREDIT_DECISIONS, REPLY_PARTITION).stream()
                                .filter(event -> event.requestId().equals(intake.requestId()) && kind.isInstance(event))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    /** Reads everything a partition holds now. */
    private static List<LedgerEvent> events(String topic, int partition) {
        try (var consumer = new KafkaConsumer<>(
                Infrastructure.shared().kafka().clientSettings(),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var from = new TopicPartition(topic, partition);
            consumer.assign(List.of(from));
            consumer.seekToBeginning(List.of(from));
            var end = consumer.endOffsets(List.of(from)).get(from);
            var events = new ArrayList<LedgerEvent>();
            while (consumer.position(from) < end) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (EventRecords.decode(record.headers(), record.value())
                            instanceof EventRecords.Decoded.Known(LedgerEvent event, var metadata)) {
                        events.add(event);
                    }
                }
            }
            return events;
        }
    }

    private QuoteSetup funded(String amount) {
        send(grant(account, amount, "opening"));
        return new QuoteSetup(newRequest());
    }

    private record QuoteSetup(UUID request) {}

    private static Instant soon() {
        return Instant.now().plusSeconds(30);
    }

    @Test
    void holdsThenChargesThenRefunds() throws Exception {
        var request = funded("5.00").request();

        var reserved = (CreditReserved) decisionOn(quote(account, request, 1_000, 1_000, soon()), CreditReserved.class);
        assertThat(reserved.heldUsd()).isEqualTo(usd("0.00042"));

        var settled = (CreditSettled) decisionOn(completed(account, request, usage(1_000, 0, 10)), CreditSettled.class);
        assertThat(settled.chargedUsd()).isEqualTo(usd("0.0001428"));
        assertThat(settled.refundedUsd()).isEqualTo(usd("0.0002772"));

        assertThat(get("/internal/accounts/" + account + "/balance").body())
                .contains("\"available_usd\":\"4.9998572\"", "\"held_usd\":\"0.00\"", "\"open_holds\":0");
    }

    @Test
    void repeatsTheFirstAnswerToARecordThatWasSentTwice() {
        var request = funded("0.00001").request();
        var quote = quote(account, request, 0, 1_000_000, soon());
        var first = (CreditRefused) decisionOn(quote, CreditRefused.class);
        send(grant(account, "5.00", "top-up"));

        send(quote);
        await().atMost(SOON).untilAsserted(() -> assertThat(events(Topics.CREDIT_DECISIONS, REPLY_PARTITION).stream()
                        .filter(event -> event.requestId().equals(request)))
                .hasSize(2)
                .allMatch(first::equals));
    }

    @Test
    void releasesAHoldThatNobodyCompletesAndSettlesItLateWhenItSurfaces() {
        var request = funded("5.00").request();
        decisionOn(quote(account, request, 0, 1_000, soon()), CreditReserved.class);

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        get("/internal/accounts/" + account + "/balance").body())
                .contains("\"available_usd\":\"5.00\"", "\"held_usd\":\"0.00\""));

        var late = (CreditSettled) decisionOn(completed(account, request, usage(0, 0, 400)), CreditSettled.class);
        assertThat(late.late()).isTrue();
        assertThat(late.balance().availableUsd()).isEqualTo(usd("4.999888"));
    }

    @Test
    void takesBackWhatIsLeftOfAGrantWhenItsLifeIsOver() throws Exception {
        var request = funded("1.00").request();
        var now = Instant.now();
        var promotion = new GrantRequested(
                account,
                GrantRequested.requestIdOf(account, "promotion"),
                usd("2.00"),
                GrantSource.OPERATOR_GRANT,
                "promotion",
                "test",
                now,
                null,
                null,
                now.plusSeconds(2),
                "a test");
        send(promotion);
        // More than what was paid for: as long as it is held, some of the promotion cannot end.
        decisionOn(quote(account, request, 0, 5_000_000, soon()), CreditReserved.class);

        await().atMost(SOON.multipliedBy(3)).untilAsserted(() -> assertThat(
                        get("/internal/accounts/" + account + "/balance").body())
                .contains("\"available_usd\":\"1.00\"", "\"held_usd\":\"0.00\"", "\"expired_usd\":\"2.00\""));
        var jdbc = service.getBean(JdbcClient.class);
        await().atMost(SOON.multipliedBy(3)).untilAsserted(() -> assertThat(
                        jdbc.sql("select count(*) from ledger_expiring_grant where account_id = ?")
                                .param(account.value())
                                .query(Integer.class)
                                .single())
                .as("announced no more")
                .isZero());
        var parts = get("/internal/accounts/" + account + "/requests/" + promotion.requestId());
        assertThat(parts.body()).contains("CreditGranted.v1", "CreditExpired.v1", "\"part\":1");
    }

    @Test
    void publishesTheLogInOrderAndByteForByte() {
        var request = funded("5.00").request();
        decisionOn(quote(account, request, 0, 1_000, soon()), CreditReserved.class);
        decisionOn(completed(account, request, usage(0, 0, 1)), CreditSettled.class);
        var jdbc = service.getBean(JdbcClient.class);

        await().atMost(SOON).untilAsserted(() -> {
            for (var shard = 0; shard < 8; shard++) {
                var logged = jdbc.sql("select type, payload from ledger_event where shard = ? order by pos")
                        .param(shard)
                        .query((row, number) -> row.getString(1) + new String(row.getBytes(2)))
                        .list();
                assertThat(published(shard)).isEqualTo(logged);
            }
        });
    }

    private static List<String> published(int shard) {
        try (var consumer = new KafkaConsumer<>(
                Infrastructure.shared().kafka().clientSettings(),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var from = new TopicPartition(Topics.LEDGER_EVENTS, shard);
            consumer.assign(List.of(from));
            consumer.seekToBeginning(List.of(from));
            var end = consumer.endOffsets(List.of(from)).get(from);
            // A start from a position that was not saved yet repeats: the sequence tells.
            var bySequence = new HashMap<Long, String>();
            while (consumer.position(from) < end) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    var type = new String(record.headers().lastHeader("ce_type").value());
                    var sequence = Long.valueOf(new String(
                            record.headers().lastHeader("ce_sequence").value()));
                    bySequence.putIfAbsent(sequence, type + new String(record.value()));
                }
            }
            return bySequence.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    @Test
    void chainsEveryBatchOverTheStoredBytes() throws Exception {
        decisionOn(quote(account, funded("5.00").request(), 0, 1_000, soon()), CreditReserved.class);
        var ledgerLog = new PostgresLedgerLog(service.getBean(DataSource.class));
        var jdbc = service.getBean(JdbcClient.class);

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
        var publisher = service.getBean(EventPublisher.class);
        for (var type : List.of("com.gogogoapi.FromTheFuture.v9", "com.gogogoapi.GrantRequested.v1")) {
            var record = new ProducerRecord<>(Topics.LEDGER_INTAKE, account.value(), "{\"broken\":".getBytes());
            record.headers().add("ce_type", type.getBytes());
            publisher.send(record).join();
        }
        var before = deadLetters();
        send(grant(account, "5.00", "after"));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(get("/internal/accounts/" + account + "/balance").body()).contains("\"available_usd\":\"5.00\"");
            assertThat(deadLetters()).isGreaterThanOrEqualTo(Math.max(2, before));
        });
        assertThat(await().atMost(SOON)
                        .until(
                                () -> get("/actuator/prometheus").body(),
                                text -> text.contains("gogogoapi_dead_letters")))
                .contains("reason=\"malformed\"");
    }

    private static long deadLetters() {
        try (var consumer = new KafkaConsumer<>(
                Infrastructure.shared().kafka().clientSettings(),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var from = new TopicPartition(Topics.DEAD_LETTERS, 0);
            return consumer.endOffsets(List.of(from)).get(from);
        }
    }

    @Test
    void keepsEverythingOverARestart() throws Exception {
        var request = funded("5.00").request();
        decisionOn(quote(account, request, 0, 1_000, soon()), CreditReserved.class);

        service.close();
        service = run(8);

        var settled = (CreditSettled) decisionOn(completed(account, request, usage(0, 0, 400)), CreditSettled.class);
        assertThat(settled.chargedUsd()).isEqualTo(usd("0.000112"));
    }

    @Test
    void refusesWhoeverHasNoServiceToken() throws Exception {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri("/internal/accounts/" + account + "/balance"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("invalid_service_token");
    }

    @Test
    void refusesToStartWithAnotherNumberOfShards() {
        var jdbc = service.getBean(JdbcClient.class);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> InstallationShards.check(jdbc, 9))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("created with 8 shards");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> run(9).close())
                .rootCause()
                .hasMessageContaining("has 8 partitions");
    }

    @Test
    void refusesToUpdateTheLog() {
        var jdbc = service.getBean(JdbcClient.class);
        funded("5.00");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> jdbc.sql("update ledger_event set type = 'x'").update())
                .hasMessageContaining("append-only");
    }

    @Test
    void pagesThroughAStatementNewestFirst() throws Exception {
        for (var i = 0; i < 5; i++) {
            send(grant(account, "1.00", "grant-" + i));
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        get("/internal/accounts/" + account + "/balance").body())
                .contains("\"granted_usd\":\"5.00\""));

        var first = get("/internal/accounts/" + account + "/statement?limit=3").body();
        assertThat(first)
                .contains("grant-4", "grant-2", "\"next_cursor\":\"2\"")
                .doesNotContain("grant-1");
        var second = get("/internal/accounts/" + account + "/statement?limit=3&cursor=2")
                .body();
        assertThat(second)
                .contains("grant-1", "grant-0", "\"next_cursor\":null")
                .doesNotContain("grant-2");
        assertThat(get("/internal/accounts/" + account + "/statement?limit=0").statusCode())
                .isEqualTo(400);
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:"
                + ((WebServerApplicationContext) service).getWebServer().getPort() + path);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        var token = new ServiceTokens(SECRET, Clock.systemUTC()).issue("test", "ledger-service");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri(path))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
