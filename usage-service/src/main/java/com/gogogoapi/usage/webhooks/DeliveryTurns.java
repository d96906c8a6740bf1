package com.gogogoapi.usage.webhooks;

import com.gogogoapi.chassis.turns.Turns;
import com.gogogoapi.usage.alerts.AlertKind;
import com.gogogoapi.usage.alerts.Alerts;
import com.gogogoapi.usage.webhooks.Deliveries.Due;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Delivers what is due. What fails is tried again, ever later. When that was the last time and the endpoint has taken nothing
 * since the first, or when it says that it is gone for good, it is switched off, which its account sees in the list and is told
 * by all its other ways. An endpoint that takes others is not switched off for the one that it does not take.
 */
@Component
class DeliveryTurns implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeliveryTurns.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int AT_ONCE = 128;
    private static final int AT_ONCE_TO_ONE = 4;
    private static final int GONE = 410;

    /** Longer than a delivery takes, name look-up included. */
    private static final int LEASE_IN_TIMEOUTS = 6;

    private static final int MAX_ERROR_CHARS = 200;

    private final Deliveries deliveries;
    private final Endpoints endpoints;
    private final WebhookSender sender;
    private final Alerts alerts;
    private final TransactionTemplate transactions;
    private final WebhookProperties properties;
    private final Clock clock;
    private @Nullable Turns turns;

    DeliveryTurns(
            Deliveries deliveries,
            Endpoints endpoints,
            WebhookSender sender,
            Alerts alerts,
            TransactionTemplate transactions,
            WebhookProperties properties,
            Clock clock) {
        this.deliveries = deliveries;
        this.endpoints = endpoints;
        this.sender = sender;
        this.alerts = alerts;
        this.transactions = transactions;
        this.properties = properties;
        this.clock = clock;
    }

    /** Some at once, each with its own time: none that is slow holds up the others for longer than that. */
    void deliver() {
        var due = deliveries.claim(properties.timeout().multipliedBy(LEASE_IN_TIMEOUTS), AT_ONCE, AT_ONCE_TO_ONE);
        if (due.isEmpty()) {
            return;
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = new ArrayList<Future<?>>();
            due.forEach(one -> sent.add(threads.submit(() -> deliver(one))));
            for (var one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a delivery ended by a defect", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Due due) {
        try {
            var status = sender.send(due);
            if (status >= 200 && status < 300) {
                deliveries.delivered(due, status);
            } else {
                failed(due, status, "it answered " + status);
            }
        } catch (IOException e) {
            log.debug("a webhook was not delivered", e);
            failed(due, null, String.valueOf(e.getMessage()));
        }
    }

    private void failed(Due due, @Nullable Integer status, String reason) {
        var error = reason.length() > MAX_ERROR_CHARS ? reason.substring(0, MAX_ERROR_CHARS) : reason;
        var again = properties.retryAfter();
        var isGone = status != null && status == GONE;
        var isLast = isGone || due.attempts() >= again.size();
        deliveries.failed(due, status, error, isLast ? null : again.get(due.attempts()));
        if (isGone) {
            switchOff(due.endpoint(), "It says that it is gone (410).");
        } else if (isLast && !deliveries.hasTaken(due.endpoint().id(), due.keptAt())) {
            switchOff(
                    due.endpoint(),
                    "A webhook was not delivered in " + (due.attempts() + 1) + " attempts; at last " + error + ".");
        }
    }

    private void switchOff(Endpoint endpoint, String why) {
        var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        transactions.executeWithoutResult(status -> {
            if (endpoints.switchOff(endpoint.id(), at, why)) {
                log.warn("webhook endpoint {} is switched off: {}", endpoint.id(), why);
                alerts.raise(
                        endpoint.account(),
                        AlertKind.WEBHOOK_DISABLED,
                        endpoint.id() + " " + at,
                        at,
                        Map.of("webhook_id", endpoint.id(), "url", endpoint.url(), "reason", why));
            }
        });
    }

    @Override
    public synchronized void start() {
        turns = Turns.withPauses("webhooks", EVERY, () -> {}, this::deliver);
    }

    @Override
    public synchronized void stop() {
        if (turns != null) {
            turns.stop(() -> {}, properties.timeout().multipliedBy(2));
            turns = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return turns != null;
    }
}
