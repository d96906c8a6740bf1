package com.gogogoapi.proxy.outbox;

import com.gogogoapi.chassis.turns.Turns;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.proxy.outbox.OutboxRows.Waiting;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Publishes what is kept until Kafka has it: this instance's own, and what is due of others. Once a second it takes what it
 * heard of its sendings, and then what is due, never more than it can hear of soon. Nothing in it waits for Kafka.
 */
@Component
class OutboxPublisher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxPublisher.class);

    private static final int MOST_IN_FLIGHT = 1_000;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int TICKS_BETWEEN_LOOKS = 10;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    /** After the database was away, those who live renew their notes in this time. */
    static final int TICKS_TO_RENEW = 10;

    private final CompletionSender sender;
    private final OutboxRows rows;
    private final OutboxFiles files;
    private final Queue<UUID> published = new ConcurrentLinkedQueue<>();
    private final Queue<UUID> refused = new ConcurrentLinkedQueue<>();
    private volatile Waiting waiting = Waiting.NOTHING;
    private volatile boolean databaseAnswers = true;
    private int ticks;
    private int answeredTicks;
    private @Nullable Turns turns;

    OutboxPublisher(CompletionSender sender, OutboxRows rows, OutboxFiles files, MeterRegistry meters) {
        this.sender = sender;
        this.rows = rows;
        this.files = files;
        Gauge.builder("gogogoapi.proxy.outbox.waiting", this, OutboxPublisher::waiting)
                .description("Ends of requests that are kept and that Kafka does not have yet, of all instances")
                .register(meters);
        TimeGauge.builder("gogogoapi.proxy.outbox.oldest", this, TimeUnit.MILLISECONDS, publisher -> publisher
                        .waiting
                        .oldestAge()
                        .toMillis())
                .description("How long the oldest of them has been waiting")
                .register(meters);
    }

    /** Remembers how the sending of something that is kept ends. */
    void follow(UUID request, CompletableFuture<?> sending) {
        sending.whenComplete((ok, failure) -> (failure == null ? published : refused).add(request));
    }

    private double waiting() {
        return waiting.rows() + files.size();
    }

    /** Whether the database took what was last asked of it. */
    boolean databaseAnswers() {
        return databaseAnswers;
    }

    /** One turn. */
    void tick() {
        try {
            if (ticks++ % TICKS_BETWEEN_LOOKS == 0) {
                files.adopt();
                waiting = rows.waiting();
            }
            forget();
            publishRows();
            databaseAnswers = true;
            answeredTicks = Math.min(answeredTicks + 1, TICKS_TO_RENEW);
            moveFilesToRows();
        } catch (DataAccessException e) {
            if (databaseAnswers) {
                log.error("the outbox's database does not answer; what Kafka does not take goes to a file", e);
            }
            databaseAnswers = false;
            answeredTicks = 0;
            publishFiles();
        }
    }

    private void forget() {
        drained(published, requests -> {
            files.remove(requests);
            rows.removePublished(requests);
        });
        drained(refused, rows::release);
    }

    /** What could not be done is done again the next time. */
    private static void drained(Queue<UUID> queue, java.util.function.Consumer<List<UUID>> task) {
        var requests = new ArrayList<UUID>();
        for (var request = queue.poll(); request != null; request = queue.poll()) {
            requests.add(request);
        }
        if (requests.isEmpty()) {
            return;
        }
        try {
            task.accept(requests);
        } catch (DataAccessException e) {
            queue.addAll(requests);
            throw e;
        }
    }

    private void publishRows() {
        var room = MOST_IN_FLIGHT - sender.inFlight();
        if (room > 0) {
            publish(rows.claim(room, Outbox.SENDING, answeredTicks == TICKS_TO_RENEW));
        }
    }

    /** In the database every instance can publish it. */
    private void moveFilesToRows() {
        var some = files.waiting(MOST_IN_FLIGHT);
        if (!some.isEmpty()) {
            rows.keep(some, Outbox.SENDING);
            files.remove(some.stream().map(UpstreamCompleted::requestId).toList());
            publish(some);
        }
    }

    private void publishFiles() {
        drained(published, files::remove);
        publish(files.waiting(MOST_IN_FLIGHT).stream()
                .filter(completed -> !sender.isInFlight(completed.requestId()))
                .limit(Math.max(0, MOST_IN_FLIGHT - sender.inFlight()))
                .toList());
    }

    private void publish(Collection<UpstreamCompleted> completions) {
        completions.forEach(completed -> follow(completed.requestId(), sender.send(completed, null)));
    }

    @Override
    public synchronized void start() {
        turns = Turns.withPauses("outbox", PAUSE, this::takeUpFormer, this::tick);
    }

    private void takeUpFormer() {
        try {
            rows.releaseFormer();
        } catch (DataAccessException e) {
            log.warn("what a former life of this instance left waits until it is due", e);
        }
    }

    @Override
    public synchronized void stop() {
        if (turns != null) {
            turns.stop(this::handOver, STOP_WITHIN);
            turns = null;
        }
    }

    /** The last turn: what is left here is due for the others. */
    private void handOver() {
        try {
            forget();
            rows.releaseOwn();
        } catch (DataAccessException e) {
            log.warn("what this instance leaves waits until it is due", e);
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return turns != null;
    }

    /** Stops after whatever ends requests. */
    @Override
    public int getPhase() {
        return -2;
    }
}
