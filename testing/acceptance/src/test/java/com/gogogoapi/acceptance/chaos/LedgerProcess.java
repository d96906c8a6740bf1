package com.gogogoapi.acceptance.chaos;

import com.gogogoapi.acceptance.ServiceProcess;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.KafkaAccess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;

/** One ledger-service, whose batches are small: what one poll fetched takes several turns, so a stop falls between them. */
final class LedgerProcess implements AutoCloseable {

    /** As the ledger's own consumers have it: whoever is silent for longer loses its shards. */
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

    private static final int WORKERS = 2;
    private static final int BATCH = 50;

    /** Records that all workers together can be in the midst of when a signal arrives. */
    static final int MOST_IN_FLIGHT = WORKERS * BATCH;

    private final ServiceProcess process;

    private LedgerProcess(ServiceProcess process) {
        this.process = process;
    }

    /** Starts it and does not wait until it is ready. */
    static LedgerProcess start(String name, Database database, KafkaAccess kafka, int shards, Duration holdsLive) {
        var environment = new HashMap<>(kafka.serviceEnvironment());
        environment.putAll(ServiceProcess.environmentOf(database));
        return new LedgerProcess(ServiceProcess.start(
                name,
                "ledger-service",
                environment,
                "--gogogoapi.shards=" + shards,
                "--gogogoapi.ledger.hold-duration=" + holdsLive.toSeconds() + "s",
                "--gogogoapi.ledger.workers=" + WORKERS,
                "--gogogoapi.ledger.max-batch-records=" + BATCH));
    }

    String url() {
        return process.url();
    }

    /** Waits until it is ready, its workers taking their turns. */
    LedgerProcess ready() {
        process.ready();
        return this;
    }

    void killHard() {
        process.killHard();
    }

    void pause() {
        process.pause();
    }

    void resume() {
        process.resume();
    }

    void stop() {
        process.stop();
    }

    private boolean isAlive() {
        return process.isAlive();
    }

    /** Batches of a shard that the database refused because another instance had moved the shard. */
    long fenced() {
        return process.counter("gogogoapi_ledger_fenced_total");
    }

    /** Events that this instance appended. */
    long appended() {
        return process.counter("gogogoapi_ledger_events_total");
    }

    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return process.toString();
    }

    static List<LedgerProcess> alive(List<LedgerProcess> ledgers) {
        return ledgers.stream().filter(LedgerProcess::isAlive).toList();
    }
}
