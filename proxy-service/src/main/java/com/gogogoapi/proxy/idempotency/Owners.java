package com.gogogoapi.proxy.idempotency;

import com.gogogoapi.chassis.turns.Turns;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Says of what this instance runs that it does, several times within a lease, and removes expired keys now and then. */
@Component
class Owners implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Owners.class);

    private static final int TURNS_IN_A_LEASE = 3;
    private static final int CLEANED_AT_ONCE = 500;
    private static final int CLEANINGS_AT_ONCE = 20;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final KeyRows rows;
    private final ExpiredKeys expired;
    private final Duration every;
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();
    private @Nullable Turns turns;

    Owners(KeyRows rows, ExpiredKeys expired, IdempotencyProperties properties) {
        this.rows = rows;
        this.expired = expired;
        this.every = properties.lease().dividedBy(TURNS_IN_A_LEASE);
    }

    void add(UUID owner) {
        running.add(owner);
    }

    void remove(UUID owner) {
        running.remove(owner);
    }

    /** One turn. */
    void turn() {
        try {
            var owners = List.copyOf(running);
            if (!owners.isEmpty()) {
                rows.renew(owners);
            }
            clean();
        } catch (DataAccessException | TransactionException e) {
            log.warn("idempotency keys cannot be kept alive or cleaned: {}", e.toString());
        }
    }

    /** Bounded, for the next turn keeps alive what runs. */
    private void clean() {
        for (var i = 0; i < CLEANINGS_AT_ONCE; i++) {
            if (expired.remove(CLEANED_AT_ONCE) < CLEANED_AT_ONCE) {
                return;
            }
        }
    }

    @Override
    public synchronized void start() {
        turns = Turns.atRate("idempotency", every, this::turn);
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

    /** Stops after the web server, whose requests it speaks for. */
    @Override
    public int getPhase() {
        return -1;
    }
}
