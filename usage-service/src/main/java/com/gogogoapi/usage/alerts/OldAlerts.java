package com.gogogoapi.usage.alerts;

import com.gogogoapi.chassis.turns.Turns;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Forgets alerts that were kept for long enough, and with each what was sent of it. */
@Component
@EnableConfigurationProperties(AlertProperties.class)
class OldAlerts implements SmartLifecycle {

    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    /** So few that nobody waits for them. */
    private static final int AT_ONCE = 10_000;

    private final JdbcClient jdbc;
    private final AlertProperties properties;
    private final Clock clock;
    private @Nullable Turns turns;

    OldAlerts(JdbcClient jdbc, AlertProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    private void forget() {
        jdbc.sql("delete from alert where alert_id in (select alert_id from alert where at < ? limit ?)")
                .params(Timestamp.from(clock.instant().minus(properties.keepFor())), AT_ONCE)
                .update();
    }

    @Override
    public synchronized void start() {
        turns = Turns.withPauses("old-alerts", EVERY, () -> {}, this::forget);
    }

    @Override
    public synchronized void stop() {
        if (turns != null) {
            turns.stop(() -> {}, STOP_WITHIN);
            turns = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return turns != null;
    }
}
