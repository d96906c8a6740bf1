package com.gogogoapi.proxy.outbox;

import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * How a request ended is durable before it is forgotten.
 *
 * <pre>
 * ended ──▶ Kafka ── takes it within a second ──▶ done; no database, no file
 *             │
 *             └─ does not ─▶ a row ── database away ─▶ a line in a file
 *                              │                          │
 *                              └───── published until Kafka has it, by whichever instance
 *
 * runs ──▶ every second noted as what it would be if its instance died now: a row that becomes due
 * </pre>
 *
 * <p>Something may reach the ledger more than once, which decides by the request: the first end counts, and only that.
 */
@Component
public class Outbox implements Notebook {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    /** For as long as this a sending can be on its way. */
    static final Duration SENDING = Duration.ofSeconds(45);

    private static final int LAST_RESORTS = 3;

    /** More ends than this without any place to be kept are not remembered as such. */
    private static final int MOST_NOWHERE = 10_000;

    private final CompletionSender sender;
    private final OutboxRows rows;
    private final OutboxFiles files;
    private final OutboxPublisher publisher;
    private final OutboxProperties properties;
    private final MeterRegistry meters;

    /** Requests whose end nothing took: what was noted of them is all there is. */
    private final Set<UUID> nowhere = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > MOST_NOWHERE;
        }
    }));

    Outbox(
            CompletionSender sender,
            OutboxRows rows,
            OutboxFiles files,
            OutboxPublisher publisher,
            OutboxProperties properties,
            MeterRegistry meters) {
        this.sender = sender;
        this.rows = rows;
        this.files = files;
        this.publisher = publisher;
        this.properties = properties;
        this.meters = meters;
    }

    /**
     * Sends how a request ended to the ledger.
     *
     * @param replyPartition where the decision is waited for; null if it is not
     * @return whether it is durable; if not, Kafka, the database and the file have all refused it for a while
     */
    public boolean send(UpstreamCompleted completed, @Nullable Integer replyPartition) {
        var sending = sender.send(completed, replyPartition);
        if (isIn(sending, properties.kafkaPatience()) || keep(completed, sending)) {
            return true;
        }
        for (var attempt = 0; attempt < LAST_RESORTS; attempt++) {
            if (isIn(sending, SENDING)) {
                return true;
            }
            sending = sender.send(completed, replyPartition);
            if (keep(completed, sending)) {
                return true;
            }
        }
        nowhere.add(completed.requestId());
        return false;
    }

    private static boolean isIn(CompletableFuture<?> sending, Duration patience) {
        try {
            sending.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            log.warn("Kafka does not take how a request ended: {}", e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean keep(UpstreamCompleted completed, CompletableFuture<?> sending) {
        var where = "database";
        try {
            rows.keep(List.of(completed), SENDING);
        } catch (DataAccessException e) {
            log.warn("the end of request {} goes to a file: {}", completed.requestId(), e.toString());
            where = files.keep(completed) ? "file" : "nowhere";
        }
        meters.counter("gogogoapi.proxy.outbox.kept", "where", where).increment();
        publisher.follow(completed.requestId(), sending);
        return !where.equals("nowhere");
    }

    @Override
    public void note(Collection<UpstreamCompleted> running) {
        rows.note(running, properties.takeOverAfter());
    }

    /** Those whose end nothing took stay: nobody puts them off any more, so they are published in their turn. */
    @Override
    public void removeNotes(Collection<UUID> requests) {
        rows.removeNotes(
                requests.stream().filter(request -> !nowhere.contains(request)).toList());
        requests.forEach(nowhere::remove);
    }
}
