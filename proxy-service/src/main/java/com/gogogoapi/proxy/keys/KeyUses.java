package com.gogogoapi.proxy.keys;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.turns.Turns;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * When each key was last used, to the minute: noted in memory and told the account-service every half minute, in batches. It
 * is for people's eyes: a minute's notes that a dying instance had are lost, and no request waits for any of it.
 */
@Component
class KeyUses {

    private static final Logger log = LoggerFactory.getLogger(KeyUses.class);

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);
    private static final int MAX_NOTED = 200_000;
    private static final int BATCH = 5_000;
    private static final long MINUTE_SECONDS = 60;

    private record Use(String key_id, String minute) {}

    private final InstallationServices services;
    private final Clock clock;

    /** The minute since 1970 in which each was used last. */
    private final Map<String, Long> minutes = new ConcurrentHashMap<>();

    private @Nullable Turns turns;

    KeyUses(InstallationServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    @PostConstruct
    void start() {
        turns = Turns.atRate("key-uses", PAUSE, this::tell);
    }

    @PreDestroy
    void stop() {
        if (turns != null) {
            turns.stop(this::tell, ANSWERED_WITHIN);
        }
    }

    /** Notes a use; mostly that is one look into a map. */
    void note(String keyId) {
        Long minute = clock.instant().getEpochSecond() / MINUTE_SECONDS;
        if (!minute.equals(minutes.get(keyId)) && minutes.size() < MAX_NOTED) {
            minutes.put(keyId, minute);
        }
    }

    private void tell() {
        var noted = List.copyOf(minutes.entrySet());
        for (var from = 0; from < noted.size(); from += BATCH) {
            tell(noted.subList(from, Math.min(noted.size(), from + BATCH)));
        }
    }

    private void tell(List<Map.Entry<String, Long>> batch) {
        var uses = new ArrayList<Use>();
        batch.forEach(note -> uses.add(new Use(
                note.getKey(),
                Instant.ofEpochSecond(note.getValue() * MINUTE_SECONDS).toString())));
        try {
            services.send(
                    Service.ACCOUNT,
                    "POST",
                    "/internal/key-uses",
                    Map.of(),
                    JsonMapper.shared().writeValueAsBytes(Map.of("uses", uses)));
            batch.forEach(note -> minutes.remove(note.getKey(), note.getValue()));
        } catch (ApiError | ServiceRefusal e) {
            log.debug("uses of keys could not be told; they are told with the next ones", e);
        }
    }
}
