package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.intake.CreditIntake;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.ledger.LedgerService;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
import com.gogogoapi.ledger.log.ShardPosition;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/** The ledger-service as it is shipped, with a Kafka of its own and an empty database. */
final class RunningLedger implements AutoCloseable {

    static final int SHARDS = 16;
    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(10);

    private final EmbeddedKafka kafka;
    private final Database database;
    private final ConfigurableApplicationContext service;

    private RunningLedger(EmbeddedKafka kafka, Database database, ConfigurableApplicationContext service) {
        this.kafka = kafka;
        this.database = database;
        this.service = service;
    }

    static RunningLedger start(Bench bench, String... more) throws IOException, SQLException {
        var kafka = bench.newKafka();
        var database = bench.newDatabase("real");
        var settings = List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--gogogoapi.kafka-bootstrap-servers=" + kafka.bootstrapServers(),
                "--gogogoapi.internal-secret=" + "benchmark-".repeat(4),
                "--gogogoapi.shards=" + SHARDS,
                "--gogogoapi.instance-id=benchmark");
        var service = LedgerService.application()
                .run(java.util.stream.Stream.concat(settings.stream(), java.util.Arrays.stream(more))
                        .toArray(String[]::new));
        return new RunningLedger(kafka, database, service);
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    DataSource dataSource() {
        return Bench.dataSource(database);
    }

    void stopIntake() {
        intake().stop();
    }

    void startIntake() {
        intake().start();
    }

    private SmartLifecycle intake() {
        return service.getBean("ledgerIntake", SmartLifecycle.class);
    }

    EventPublisher publisher() {
        return service.getBean(EventPublisher.class);
    }

    /** Sends all of it and waits until Kafka has it. */
    void send(List<? extends CreditIntake> records, @Nullable Integer replyPartition) {
        CompletableFuture.allOf(records.stream()
                        .map(record -> publisher().toLedger(record, replyPartition, null))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** Events in the log. */
    long events() throws SQLException {
        return new PostgresLedgerLog(dataSource())
                .positionsOf(IntStream.range(0, SHARDS).boxed().toList()).stream()
                        .mapToLong(ShardPosition::lastPos)
                        .sum();
    }

    /** Waits until the log has so many events. */
    void awaitEvents(long count) throws SQLException, InterruptedException {
        var until = System.nanoTime() + GIVE_UP_AFTER.toNanos();
        while (events() < count) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the log has " + events() + " of " + count + " events");
            }
            Thread.sleep(20);
        }
    }

    @Override
    public void close() {
        service.close();
        kafka.close();
    }
}
