package com.gogogoapi.proxy.execution;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request may never run longer than its hold lives: where the ledger's holds are shorter than this proxy's limits, it
 * refuses to start. Where the ledger cannot be asked yet, it is asked again, and this instance is not ready before.
 */
@Component("holdRules")
class HoldsOutliveRequests implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(HoldsOutliveRequests.class);

    private static final int ASK_AGAIN_MILLIS = 1_000;
    private static final int NOT_FOUND = 404;

    private final InstallationServices services;
    private final ProxyProperties properties;
    private volatile boolean fits;
    private volatile @Nullable ScheduledExecutorService asking;

    HoldsOutliveRequests(InstallationServices services, ProxyProperties properties) {
        this.services = services;
        this.properties = properties;
    }

    /** @throws IllegalStateException if requests may outlive such holds */
    static void check(Duration holds, Duration decisionTimeout, Duration totalTimeout) {
        // From a hold's decision until its completion is in the ledger.
        var longest = decisionTimeout.plus(totalTimeout).plus(Relay.BEFORE_EXPIRY);
        if (holds.compareTo(longest) < 0) {
            throw new IllegalStateException("gogogoapi.ledger.hold-duration must be at least " + longest.toSeconds()
                    + " s, not " + holds.toSeconds()
                    + " s: a request may take gogogoapi.proxy.decision-timeout and gogogoapi.proxy.upstream.total-timeout,"
                    + " and " + Relay.BEFORE_EXPIRY.toSeconds() + " s to be settled.");
        }
    }

    @Override
    public synchronized void start() {
        if (!ask()) {
            var thread = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("holds").daemon().factory());
            thread.scheduleWithFixedDelay(this::askAgain, ASK_AGAIN_MILLIS, ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            asking = thread;
        }
    }

    private boolean ask() {
        try {
            var answer = services.get(Service.LEDGER, "/internal/ledger/hold-rules", Map.of());
            var lifetimeMillis = JsonMapper.shared()
                    .readTree(answer.body())
                    .path("lifetime_millis")
                    .asLong();
            check(
                    Duration.ofMillis(lifetimeMillis),
                    properties.decisionTimeout(),
                    properties.upstream().totalTimeout());
            fits = true;
        } catch (ServiceRefusal e) {
            // A ledger of an earlier version does not say; each hold says for itself until when it lives.
            fits = e.status() == NOT_FOUND;
            if (!fits) {
                log.warn("the ledger does not say how long holds live: status {}", e.status());
            }
        } catch (JacksonException e) {
            log.warn("what answers in the ledger's place does not say how long holds live", e);
        } catch (ApiError e) {
            log.info("the ledger does not say yet how long holds live: {}", e.getMessage());
        }
        return fits;
    }

    private void askAgain() {
        try {
            if (ask()) {
                stop();
            }
        } catch (RuntimeException e) {
            log.error("this instance does not become ready", e);
        }
    }

    @Override
    public void stop() {
        var thread = asking;
        asking = null;
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return asking != null || fits;
    }

    /** Before the web server takes requests. */
    @Override
    public int getPhase() {
        return 1;
    }

    @Override
    public Health health() {
        return (fits ? Health.up() : Health.down()).build();
    }
}
