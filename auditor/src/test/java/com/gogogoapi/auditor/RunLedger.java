package com.gogogoapi.auditor;

import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.ledger.LedgerService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledger's service as it ships, on a database and brokers of the test's choice, signing ten times a second. */
record RunLedger(ConfigurableApplicationContext service) implements AutoCloseable {

    static final int SHARDS = 2;
    static final String SECRET = "0123456789abcdef".repeat(2);

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final TokenPrices PRICES =
            new TokenPrices(UsdPerMillion.parse("0.14"), UsdPerMillion.parse("0.0028"), UsdPerMillion.parse("0.28"));

    static RunLedger on(Database database, String kafka, String key, String... settings) {
        var all = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--gogogoapi.kafka-bootstrap-servers=" + kafka,
                "--gogogoapi.internal-secret=" + SECRET,
                "--gogogoapi.shards=" + SHARDS,
                "--gogogoapi.ledger.signing.key=" + key,
                "--gogogoapi.ledger.signing.checkpoint-interval=100ms"));
        all.addAll(List.of(settings));
        return new RunLedger(LedgerService.application().run(all.toArray(String[]::new)));
    }

    static String url(Database database) {
        return database.jdbcUrl() + "?user=" + database.username();
    }

    /** What customers ask for, in one go: of each a grant and a request that ends. */
    static List<CreditIntake> wave(String name, int customers) {
        return Stream.iterate(0, number -> number + 1)
                .limit(customers)
                .flatMap(number -> {
                    var account = new AccountId("acct_" + number);
                    var quote = quote(account);
                    return Stream.<CreditIntake>of(grant(account, name), quote, completed(quote));
                })
                .toList();
    }

    private static GrantRequested grant(AccountId account, String reference) {
        return new GrantRequested(
                account,
                GrantRequested.requestIdOf(account, reference),
                Usd.usd("1.00"),
                GrantSource.OPERATOR_GRANT,
                reference,
                "operator",
                Instant.now(),
                null,
                null,
                null,
                "for a test");
    }

    private static QuoteRequested quote(AccountId account) {
        var request = TimeOrderedIds.next();
        return new QuoteRequested(
                account,
                request,
                "quote-" + request,
                "deepseek-v4-flash",
                "deepseek-v4-flash@2026-04-26T12:15:00Z",
                PRICES,
                1_000,
                500,
                PRICES.uncachedCostOf(1_000, 500),
                Instant.now(),
                Instant.now().plusSeconds(600));
    }

    private static UpstreamCompleted completed(QuoteRequested quote) {
        return new UpstreamCompleted(
                quote.accountId(),
                quote.requestId(),
                Outcome.COMPLETED,
                new TokenUsage(1_000, 200, 123),
                false,
                "up",
                Instant.now());
    }

    void send(List<CreditIntake> wave) {
        send(service.getBean(EventPublisher.class), wave);
    }

    static void send(EventPublisher publisher, List<CreditIntake> wave) {
        CompletableFuture.allOf(wave.stream()
                        .map(intake -> publisher.toLedger(intake, null, null))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** To send while no ledger runs. */
    static EventPublisher publisher(String kafka) {
        return new EventPublisher(
                new com.gogogoapi.chassis.kafka.KafkaClients(kafka, "test").newProducer(), Clock.systemUTC(), "/test");
    }

    JdbcClient jdbc() {
        return service.getBean(JdbcClient.class);
    }

    long count(String sql) {
        return jdbc().sql(sql).query(Long.class).single();
    }

    /** Waits until so many events are in the log, and all of them are signed. */
    void awaitSigned(long events) {
        await().atMost(SOON)
                .until(() -> count("select count(*) from ledger_event") == events && signedEvents() == events);
    }

    long signedEvents() {
        return count("select coalesce(sum((part->>'last')::bigint), 0) from ledger_checkpoint c,"
                + " jsonb_array_elements(c.payload::jsonb->'shards') part"
                + " where number = (select max(number) from ledger_checkpoint)");
    }

    /** How the service says its signing goes. */
    Health signing() {
        return service.getBean("ledgerSigning", HealthIndicator.class).health();
    }

    @Override
    public void close() {
        service.close();
    }
}
