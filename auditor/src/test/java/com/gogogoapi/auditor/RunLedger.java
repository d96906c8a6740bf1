package com.gogogoapi.auditor;

import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.theEndOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.GrantTerms;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.KafkaAccess;
import com.gogogoapi.embedded.Passwords;
import com.gogogoapi.fixtures.Authentic;
import com.gogogoapi.fixtures.Route;
import com.gogogoapi.ledger.LedgerService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledger's service as it ships, on a database and brokers of the test's choice, signing ten times a second. */
record RunLedger(ConfigurableApplicationContext service) implements AutoCloseable {

    static final int SHARDS = 2;
    /** What a ledger says of itself first: of each shard a key that it trusts, and from where on it asks for signatures. */
    static final long FOUNDING = 2L * SHARDS;

    static final String SECRET = "0123456789abcdef".repeat(2);

    private static final Duration SOON = Duration.ofMinutes(2);

    static RunLedger on(Database database, KafkaAccess kafka, String key, String... settings) {
        var all = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--gogogoapi.internal-secret=" + SECRET,
                "--gogogoapi.shards=" + SHARDS,
                "--gogogoapi.ledger.signing.key=" + key,
                "--gogogoapi.ledger.signing.checkpoint-interval=100ms"));
        all.addAll(Authentic.settings(IntakeAuthor.LEDGER_SERVICE));
        all.addAll(List.of(settings));
        return new RunLedger(LedgerService.application().run(kafka.serviceArguments(all.toArray(String[]::new))));
    }

    /** What customers ask for, in one go: of each a grant and a request that ends. */
    static List<CreditIntake> wave(String name, int customers) {
        var now = Instant.now();
        return IntStream.range(0, customers)
                .mapToObj(number -> new AccountId("acct_" + number))
                .flatMap(account -> {
                    var quote = aQuoteOf(Route.FLASH, account, newRequest(), 1_000, 500, now, now.plusSeconds(600));
                    return Stream.<CreditIntake>of(
                            aGrantOf(account, "1.00", name, GrantTerms.USUAL, now),
                            quote,
                            theEndOf(quote, Outcome.COMPLETED, usage(1_000, 200, 123), now));
                })
                .toList();
    }

    void send(List<CreditIntake> wave) {
        send(service.getBean(EventPublisher.class), wave);
    }

    static void send(EventPublisher publisher, List<CreditIntake> wave) {
        CompletableFuture.allOf(wave.stream()
                        .map(intake -> publisher
                                .as(Authentic.secretFor(intake))
                                .toLedger(Authentic.signed(intake), null, null))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** To send with while no ledger runs; its clients are closed by who made them. */
    static EventPublisher publisher(KafkaClients kafka) {
        return kafka.publisher(Clock.systemUTC(), "/test");
    }

    /** A broker of its own, with a password for each of its users. */
    static EmbeddedKafka broker(Path folder) throws IOException {
        return EmbeddedKafka.start(folder, 0, Passwords.ofAllBrokerUsers());
    }

    JdbcClient jdbc() {
        return service.getBean(JdbcClient.class);
    }

    long count(String sql) {
        return jdbc().sql(sql).query(Long.class).single();
    }

    /** Waits until so many events are in the log, beside those of its {@link #FOUNDING}, and all of them are signed. */
    void awaitSigned(long customersEvents) {
        var events = customersEvents + FOUNDING;
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
