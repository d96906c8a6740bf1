package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.benchmark.ledger.Bench.BenchKafka;
import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.fixtures.Authentic;
import com.gogogoapi.ledger.LedgerProperties;
import com.gogogoapi.ledger.LedgerService;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/** The ledger-service as it is shipped, with a Kafka of its own and an empty database. */
final class RunningLedger implements AutoCloseable {

    static final int SHARDS = 16;

    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(5);

    /** Often enough for a rate, seldom enough to cost nothing. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    /** The workers' consumer group. */
    private static final String GROUP = "ledger-service";

    private static final String EVENTS = "select coalesce(sum(last_pos), 0)::bigint from ledger_shard";

    private static final String AUTHENTICATED =
            "select count(*) from ledger_event where type = 'com.gogogoapi.IntakeAuthenticated.v1'";

    private static final String PUBLISHED = "select coalesce(sum(published_pos), 0)::bigint from ledger_publication";

    private final Bench bench;
    private final BenchKafka kafka;
    private final Database database;
    private final ConfigurableApplicationContext service;
    private final KafkaClients clients;
    private final Connection watching;
    private final PreparedStatement countEvents;

    /** How many events say whom the ledger believes: there before anybody's account has one. */
    private long founding;

    private RunningLedger(Bench bench, BenchKafka kafka, Database database, ConfigurableApplicationContext service)
            throws SQLException {
        this.bench = bench;
        this.kafka = kafka;
        this.database = database;
        this.service = service;
        this.clients = KafkaClients.of(kafka.broker().as(BrokerUser.ADMIN).clientSettings(), "benchmark");
        this.watching = Bench.dataSource(database).getConnection();
        this.countEvents = watching.prepareStatement(EVENTS);
    }

    /** @param more settings, as {@code --name=value} */
    static RunningLedger start(Bench bench, String... more) throws IOException, SQLException, InterruptedException {
        var kafka = bench.newKafka();
        var database = bench.newDatabase();
        var settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--gogogoapi.internal-secret=" + "benchmark-".repeat(4),
                "--gogogoapi.shards=" + SHARDS,
                "--gogogoapi.instance-id=benchmark"));
        settings.addAll(Authentic.settings(IntakeAuthor.LEDGER_SERVICE));
        settings.addAll(List.of(kafka.broker().as(BrokerUser.LEDGER_SERVICE).serviceArguments(more)));
        var service = LedgerService.application().run(settings.toArray(String[]::new));
        var ledger = new RunningLedger(bench, kafka, database, service);
        ledger.awaitEveryWorker();
        ledger.awaitFounding();
        ledger.founding = ledger.events();
        return ledger;
    }

    /** Until every shard takes only what is authenticated: what is measured comes behind that. */
    private void awaitFounding() throws SQLException, InterruptedException {
        var until = System.nanoTime() + GIVE_UP_AFTER.toNanos();
        while (authenticatedShards() < SHARDS) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("Every shard must take what the configuration says.");
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private long authenticatedShards() throws SQLException {
        try (var statement = watching.prepareStatement(AUTHENTICATED);
                var row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Until every worker has its shards. They keep them when the intake is stopped and started, so no later start is
     * slowed by sharing them out.
     */
    private void awaitEveryWorker() throws InterruptedException {
        var until = System.nanoTime() + GIVE_UP_AFTER.toNanos();
        try (var admin = kafkaClients().newAdmin()) {
            while (workersWithShards(admin) < workers()) {
                if (System.nanoTime() > until) {
                    throw new IllegalStateException("The workers must get their shards.");
                }
                Thread.sleep(LOOK_EVERY);
            }
        }
    }

    private static long workersWithShards(Admin admin) throws InterruptedException {
        try {
            var group = admin.describeConsumerGroups(List.of(GROUP)).all().get().get(GROUP);
            return group != null && group.groupState() == GroupState.STABLE
                    ? group.members().stream()
                            .filter(member ->
                                    !member.assignment().topicPartitions().isEmpty())
                            .count()
                    : 0;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw new IllegalStateException("Kafka must describe the workers' group.", e);
        }
    }

    KafkaClients kafkaClients() {
        return clients;
    }

    /** Outside the service's own pool. */
    DataSource dataSource() {
        return Bench.dataSource(database);
    }

    int workers() {
        return service.getBean(LedgerProperties.class).workers();
    }

    void stopIntake() {
        intake().stop();
    }

    /** With workers that have nothing at hand yet. */
    void startIntake() {
        intake().start();
    }

    private SmartLifecycle intake() {
        return service.getBean("ledgerIntake", SmartLifecycle.class);
    }

    /** Sends, without answers, and waits until Kafka has it. */
    void send(Consumer<Consumer<CreditIntake>> records) {
        try (var sending = new Sending(service.getBean(EventPublisher.class), null)) {
            records.accept(sending);
        }
    }

    /** As customers' requests come: each with somebody who waits for the answer. */
    void sendAwaited(Consumer<Consumer<CreditIntake>> records) {
        try (var sending = new Sending(service.getBean(EventPublisher.class), 0)) {
            records.accept(sending);
        }
    }

    /** Events of accounts in the log. */
    long events() throws SQLException {
        return number(countEvents) - founding;
    }

    /** Waits until the log has so many events. */
    void awaitEvents(long count) throws SQLException, InterruptedException {
        rateUntil(count);
    }

    /** Waits until so many events are published as well: till then, records on their way are in memory. */
    void awaitPublished(long count) throws SQLException, InterruptedException {
        var until = System.nanoTime() + GIVE_UP_AFTER.toNanos();
        try (var published = watching.prepareStatement(PUBLISHED)) {
            while (number(published) - founding < count) {
                if (System.nanoTime() > until) {
                    throw new IllegalStateException("All " + count + " events must be published.");
                }
                Thread.sleep(LOOK_EVERY);
            }
        }
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (var row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Events a second from the first commit that is seen to the one that makes the log so long: until the first, the
     * workers join their group and read their positions, which is nobody's throughput. 0 if one commit brought all.
     */
    double rateUntil(long count) throws SQLException, InterruptedException {
        var begin = System.nanoTime();
        var before = events();
        long first = before;
        long firstNanos = begin;
        while (true) {
            var events = events();
            var now = System.nanoTime();
            if (first == before && events > before) {
                first = events;
                firstNanos = now;
            }
            if (events >= count) {
                return events == first ? 0 : (events - first) * 1e9 / (now - firstNanos);
            }
            if (now - begin > GIVE_UP_AFTER.toNanos()) {
                throw new IllegalStateException("The log must have " + count + " events, not " + events + ".");
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        watching.close();
        service.close();
        clients.close();
        kafka.close();
        bench.drop(database);
    }
}
