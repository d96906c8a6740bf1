package com.gogogoapi.proxy.keys;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.turns.Turns;
import com.gogogoapi.contracts.access.ApiKeyPublished;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks the account-service every few seconds which keys changed, beside the topic: so a revoked key stops within
 * {@link #STOPS_WITHIN} though Kafka is away. With the account-service away too, what is known stays served.
 */
@Component
public class KeyChanges {

    /** The bound on how long a revoked key goes on while the account-service answers, whatever Kafka does. */
    static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(KeyChanges.class);

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(4);

    /** Versions are microseconds: what changed in the minute before the newest record is asked for too. */
    private static final long OVERLAP_MICROS = 60_000_000;

    record Changes(List<ApiKeyPublished> changes) {}

    private final InstallationServices services;
    private final KeyDirectory directory;
    private final KeyFollower follower;
    private @Nullable Long readUntil;
    private boolean answers = true;
    private @Nullable Turns turns;

    KeyChanges(InstallationServices services, KeyDirectory directory, KeyFollower follower) {
        this.services = services;
        this.directory = directory;
        this.follower = follower;
    }

    @PostConstruct
    void start() {
        turns = Turns.withPauses("key-changes", PAUSE, this::ask, this::ask);
    }

    @PreDestroy
    void stop() {
        if (turns != null) {
            turns.stop(() -> {}, ANSWERED_WITHIN);
        }
    }

    /** At once: whoever changes a key through this instance finds it changed here, however slow Kafka is. */
    public void lookNow() {
        ask();
    }

    private synchronized void ask() {
        if (!follower.isCaughtUp()) {
            return;
        }
        if (readUntil == null) {
            readUntil = Math.max(0, directory.newest() - OVERLAP_MICROS);
        }
        try {
            while (true) {
                var changes = changesAfter(readUntil);
                if (changes.isEmpty()) {
                    break;
                }
                changes.forEach(directory::apply);
                readUntil = changes.getLast().version();
            }
            if (!answers) {
                log.info("the account-service answers again");
            }
            answers = true;
        } catch (ApiError | ServiceRefusal e) {
            if (answers) {
                log.warn("the account-service does not say which keys changed; those known are served", e);
            }
            answers = false;
        }
    }

    private List<ApiKeyPublished> changesAfter(long version) {
        var answer =
                services.get(Service.ACCOUNT, "/internal/published-keys?after=" + version, Map.of(), ANSWERED_WITHIN);
        return EventJson.mapper().readValue(answer.body(), Changes.class).changes();
    }
}
