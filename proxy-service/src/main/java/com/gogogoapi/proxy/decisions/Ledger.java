package com.gogogoapi.proxy.decisions;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.LedgerAnswer;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RateExceeded;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.InstallationIntake;
import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.proxy.outbox.Outbox;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ledger as the proxy sees it: something is asked through the intake topic, and the decision comes back on the inbox;
 * where it does not come, the ledger is asked for what it decided.
 */
@Component
public class Ledger {

    private static final Logger log = LoggerFactory.getLogger(Ledger.class);

    /** After this long without a decision on the inbox the ledger is asked, and then at this pace. */
    private static final Duration ASK_EVERY = Duration.ofSeconds(1);

    private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(35);

    private final DecisionInbox inbox;
    private final EventPublisher publisher;
    private final Outbox outbox;
    private final InstallationServices services;
    private final Counter lost;

    Ledger(
            DecisionInbox inbox,
            EventPublisher publisher,
            Outbox outbox,
            InstallationServices services,
            MeterRegistry meters) {
        this.inbox = inbox;
        this.publisher = publisher;
        this.outbox = outbox;
        this.services = services;
        this.lost = Counter.builder("gogogoapi.proxy.completions.unpublished")
                .description("Completions that neither Kafka nor the outbox took; their holds expire")
                .register(meters);
    }

    /**
     * Asks for something with an answer: a hold or a grant.
     *
     * @param ask sends the question, naming the reply partition it is given
     * @return the answer; empty if none came in time
     * @throws ApiError 503 if this instance cannot receive answers now
     */
    public Optional<LedgerAnswer> ask(AccountId account, UUID requestId, Duration timeout, IntConsumer ask) {
        var partition = inbox.replyPartition();
        if (partition.isEmpty()) {
            throw ApiError.unavailable("ledger_unavailable", "This instance is not ready yet; nothing was charged.")
                    .withHeader("Retry-After", "1");
        }
        var expected = Expected.answerTo(requestId);
        try (var expectation = inbox.expect(expected)) {
            ask.accept(partition.getAsInt());
            return await(expectation, expected, account, timeout);
        }
    }

    /** Asks through the intake itself. */
    public Optional<LedgerEvent> ask(CreditIntake intake, Duration timeout) {
        return inTheLog(ask(intake.accountId(), intake.requestId(), timeout, partition -> {
            if (!publish(intake, partition)) {
                throw ApiError.unavailable("ledger_unavailable", "The ledger cannot be reached; nothing was changed.");
            }
        }));
    }

    /** Where no rate is asked for, none is exceeded. */
    private static Optional<LedgerEvent> inTheLog(Optional<LedgerAnswer> answer) {
        return answer.map(given -> switch (given) {
            case LedgerEvent event -> event;
            case RateExceeded tooSoon ->
                throw new IllegalStateException("What has no rate must not come too soon: " + tooSoon);
        });
    }

    /**
     * Tells the ledger how a request ended. Afterwards that is durable, whether Kafka has it yet or not.
     *
     * @return how the ledger ended it; empty if that is not known in time, which changes nothing of it
     */
    public Optional<LedgerEvent> end(UpstreamCompleted completion, Duration timeout) {
        var expected = Expected.endOf(completion.requestId());
        try (var expectation = inbox.expect(expected)) {
            var partition = inbox.replyPartition();
            if (!outbox.send(completion, partition.isPresent() ? partition.getAsInt() : null)) {
                lost.increment();
                log.error("the end of request {} is nowhere; its hold will expire", completion.requestId());
                return Optional.empty();
            }
            return inTheLog(await(expectation, expected, completion.accountId(), timeout));
        }
    }

    /** How a request ended, as far as the ledger says now. */
    public Optional<LedgerEvent> knownEnd(AccountId account, UUID requestId) {
        return decided(account, Expected.endOf(requestId));
    }

    /**
     * Tells the ledger something whose answer nobody waits for.
     *
     * @throws ApiError 503 if Kafka does not take it
     */
    public void publish(LedgerIntake intake) {
        if (!publish(intake, -1)) {
            throw ApiError.unavailable("ledger_unavailable", "The ledger cannot be reached; nothing was changed.");
        }
    }

    /**
     * Tells one shard something that concerns the installation itself there.
     *
     * @throws ApiError 503 if Kafka does not take it
     */
    public void publish(int shard, InstallationIntake intake) {
        if (!isSent(intake, publisher.toShard(shard, intake))) {
            throw ApiError.unavailable(
                    "ledger_unavailable", "The ledger cannot be reached; the same again completes what was begun.");
        }
    }

    private boolean publish(LedgerIntake intake, int replyPartition) {
        return isSent(intake, publisher.toLedger(intake, replyPartition < 0 ? null : replyPartition, null));
    }

    private static boolean isSent(LedgerIntake intake, CompletableFuture<?> sending) {
        try {
            sending.get(PUBLISH_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            log.warn("publishing for {} failed", intake.accountId(), e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<LedgerAnswer> await(
            Expectation expectation, Expected expected, AccountId account, Duration timeout) {
        var deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (true) {
                var left = Duration.ofNanos(deadline - System.nanoTime());
                if (!left.isPositive()) {
                    return Optional.empty();
                }
                var decision = expectation.await(left.compareTo(ASK_EVERY) < 0 ? left : ASK_EVERY);
                if (decision.isEmpty()) {
                    decision = decided(account, expected).map(event -> event);
                }
                if (decision.isPresent()) {
                    return decision;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * What the ledger answered, as far as its log says now.
     *
     * @throws ApiError if the ledger does not say
     */
    public Optional<LedgerEvent> knownAnswer(AccountId account, UUID requestId) {
        return inTheLog(account, Expected.answerTo(requestId));
    }

    private Optional<LedgerEvent> inTheLog(AccountId account, Expected expected) {
        return eventsOf(account, expected.requestId()).stream()
                .filter(event -> Expected.answeredBy(event).equals(expected))
                .reduce((earlier, later) -> later);
    }

    /**
     * All that the ledger has decided of a request, as far as its log says now, oldest first.
     *
     * @throws ApiError if the ledger does not say
     */
    public List<LedgerEvent> eventsOf(AccountId account, UUID requestId) {
        var answer = services.get(Service.LEDGER, "/internal/accounts/" + account + "/requests/" + requestId, Map.of());
        var events = new ArrayList<LedgerEvent>();
        for (var entry : JsonMapper.shared().readTree(answer.body()).path("data")) {
            var type = EventType.named(entry.path("type").asString(""));
            if (type.isPresent()
                    && EventJson.mapper()
                                    .treeToValue(entry.path("event"), type.get().eventClass())
                            instanceof LedgerEvent event) {
                events.add(event);
            }
        }
        return events;
    }

    private Optional<LedgerEvent> decided(AccountId account, Expected expected) {
        try {
            return inTheLog(account, expected);
        } catch (ApiError | ServiceRefusal e) {
            log.warn("the ledger was asked for request {} and did not answer", expected.requestId(), e);
            return Optional.empty();
        }
    }
}
