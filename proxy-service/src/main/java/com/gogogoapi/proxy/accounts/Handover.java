package com.gogogoapi.proxy.accounts;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.turns.Turns;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands the accounts and keys of version 0.4 over to the account-service, in batches, before this instance is ready; a start
 * that was killed in between is finished by the next, since what was handed over once changes nothing the second time.
 *
 * <p>It goes on looking: while a cluster is upgraded, instances of the version before still issue and revoke keys here.
 */
@Component("handover")
class Handover implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(Handover.class);

    private static final int BATCH = 500;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration LAST_TURN_WITHIN = Duration.ofSeconds(5);

    /** Before the web server, and before keys are looked for. */
    private static final int FIRST = Integer.MIN_VALUE;

    private final EarlierRows rows;
    private final InstallationServices services;
    private volatile boolean done;
    private boolean said;
    private volatile @Nullable Turns turns;

    Handover(EarlierRows rows, InstallationServices services) {
        this.rows = rows;
        this.services = services;
    }

    @Override
    public void start() {
        handOver();
        turns = Turns.atRate("handover", LOOK_EVERY, this::handOver);
    }

    private void handOver() {
        try {
            var accounts = 0;
            var keys = 0;
            for (var next = rows.accountsToHandOver(BATCH); !next.isEmpty(); next = rows.accountsToHandOver(BATCH)) {
                tell(next, List.of());
                rows.markAccounts(next);
                accounts += next.size();
            }
            for (var next = keys(); !next.isEmpty(); next = keys()) {
                keys += next.size();
            }
            if (accounts + keys > 0) {
                log.info("handed over {} accounts and {} keys to the account-service", accounts, keys);
            }
            done = true;
        } catch (ApiError | ServiceRefusal | DataAccessException e) {
            if (!said && !done) {
                said = true;
                log.warn("accounts and keys could not be handed over yet; trying again", e);
            }
        }
    }

    private List<EarlierRows.Key> keys() {
        var next = rows.keysToHandOver(BATCH);
        if (!next.isEmpty()) {
            tell(List.of(), next);
            rows.markKeys(next);
        }
        return next;
    }

    private void tell(List<EarlierRows.Account> accounts, List<EarlierRows.Key> keys) {
        services.post(
                Service.ACCOUNT,
                "/internal/handover",
                Map.of(),
                JsonMapper.shared().writeValueAsBytes(Map.of("accounts", accounts, "keys", keys)));
    }

    @Override
    public Health health() {
        return (done ? Health.up() : Health.down()).build();
    }

    @Override
    public void stop() {
        var started = turns;
        if (started != null) {
            started.stop(() -> {}, LAST_TURN_WITHIN);
            turns = null;
        }
    }

    @Override
    public boolean isRunning() {
        return turns != null;
    }

    @Override
    public int getPhase() {
        return FIRST;
    }
}
