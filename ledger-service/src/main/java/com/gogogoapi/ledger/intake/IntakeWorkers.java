package com.gogogoapi.ledger.intake;

import com.gogogoapi.chassis.installation.InstallationProperties;
import com.gogogoapi.chassis.kafka.DeadLetters;
import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.ledger.LedgerProperties;
import com.gogogoapi.ledger.account.HoldPolicy;
import com.gogogoapi.ledger.aggregate.AccountEngine;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
import com.gogogoapi.ledger.publication.LogSender;
import com.gogogoapi.ledger.publication.PostgresExpiringGrants;
import com.gogogoapi.ledger.publication.PostgresPublicationPositions;
import com.gogogoapi.ledger.publication.Publication;
import com.gogogoapi.ledger.publication.PublicationThread;
import com.gogogoapi.ledger.snapshot.Snapshots;
import com.gogogoapi.ledger.trust.IntakeGuard;
import com.gogogoapi.ledger.trust.IntakeKeys;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** This instance's intake workers: started last, stopped first, and healthy while every one of them takes its turns. */
@Component("ledgerIntake")
class IntakeWorkers implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(IntakeWorkers.class);

    static final String GROUP = "ledger-service";

    /**
     * A worker that took no turn for so long is stuck: a turn's slowest part, a blocked send, gives up after 10 s, and what
     * waits to be published is published soon after.
     */
    private static final Duration STUCK_AFTER = Duration.ofSeconds(45);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    private record Running(IntakeWorker worker, Thread thread) {}

    private final LedgerProperties properties;
    private final InstallationProperties installation;
    private final DataSource dataSource;
    private final KafkaClients kafka;
    private final EventPublisher publisher;
    private final InstalledTopics topics;
    private final Snapshots snapshots;
    private final DeadLetters deadLetters;
    private final IntakeGaps gaps;
    private final IntakeSource source;
    private final RefusedRecords refusedRecords;
    private final IntakeGuard guard;
    private final Clock clock;
    private final List<IntakeMetrics> metrics;
    private final List<Running> running = new ArrayList<>();
    private @Nullable LogSender logSender;

    IntakeWorkers(
            LedgerProperties properties,
            InstallationProperties installation,
            DataSource dataSource,
            KafkaClients kafka,
            EventPublisher publisher,
            InstalledTopics topics,
            Snapshots snapshots,
            DeadLetters deadLetters,
            IntakeGaps gaps,
            IntakeSource source,
            RefusedRecords refusedRecords,
            @Value("${gogogoapi.intake-secret}") String intakeSecret,
            MeterRegistry meters,
            Clock clock) {
        this.properties = properties;
        this.installation = installation;
        this.dataSource = dataSource;
        this.kafka = kafka;
        this.publisher = publisher;
        this.topics = topics;
        this.snapshots = snapshots;
        this.deadLetters = deadLetters;
        this.gaps = gaps;
        this.source = source;
        this.refusedRecords = refusedRecords;
        this.guard = new IntakeGuard(new IntakeKeys(properties.allIntakeSecrets(intakeSecret), topics.shards()));
        this.metrics = IntStream.range(0, properties.workers())
                .mapToObj(number -> new IntakeMetrics(meters, number))
                .toList();
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        source.check(topics, properties.newIntake());
        new Founding(properties, new PostgresLedgerLog(dataSource), publisher, clock).send(topics);
        var sender = new LogSender(kafka::newBulkProducer);
        logSender = sender;
        for (var number = 0; number < properties.workers(); number++) {
            var worker = worker(number, sender);
            var thread = Thread.ofPlatform().name("ledger-intake-" + number).start(worker);
            running.add(new Running(worker, thread));
        }
    }

    private IntakeWorker worker(int number, LogSender sender) {
        var ledgerLog = new PostgresLedgerLog(dataSource);
        var policy = new HoldPolicy(properties.holdDuration(), properties.maxOpenHoldsPerAccount());
        var engine = new AccountEngine(
                ledgerLog, snapshots, policy, properties.maxCachedAccountsPerWorker(), guard, refusedRecords);
        var publication = new Publication(
                ledgerLog,
                new PostgresPublicationPositions(dataSource),
                new PostgresExpiringGrants(dataSource),
                publisher,
                sender,
                topics.shards());
        var publicationThread = new PublicationThread(publication, thread("ledger-publish-" + number));
        var consumer = kafka.newConsumer(GROUP, consumerSettings(number));
        var shards = new OwnedShards(consumer, ledgerLog, publicationThread, engine, gaps);
        var pipeline = new AppendPipeline(
                engine,
                shards,
                publicationThread,
                metrics.get(number),
                thread("ledger-append-" + number),
                // So that what is in the log is published at once, although the worker waits for more.
                consumer::wakeup,
                PublicationThread.AT_ONCE);
        return new IntakeWorker(
                consumer,
                engine,
                publicationThread,
                shards,
                pipeline,
                new IntakeRecords(deadLetters),
                metrics.get(number),
                clock);
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).factory());
    }

    private Map<String, Object> consumerSettings(int number) {
        var settings = new HashMap<String, Object>();
        // What is not there any more is a gap, and nothing to pass over.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // Shards come and go.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, properties.maxBatchRecords());
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
        var instanceId = installation.instanceId();
        if (instanceId != null) {
            settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId + "-" + number);
        }
        return settings;
    }

    @Override
    public synchronized void stop() {
        running.forEach(one -> one.worker().close());
        for (var one : running) {
            try {
                if (!one.thread().join(STOP_WITHIN)) {
                    log.error("{} did not stop within {}", one.thread().getName(), STOP_WITHIN);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        running.clear();
        if (logSender != null) {
            logSender.close();
            logSender = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return !running.isEmpty();
    }

    @Override
    public synchronized Health health() {
        var now = clock.instant();
        var well = !running.isEmpty()
                && running.stream()
                        .allMatch(one -> one.thread().isAlive()
                                && one.worker().aliveAt().plus(STUCK_AFTER).isAfter(now));
        return (well ? Health.up() : Health.down()).build();
    }
}
