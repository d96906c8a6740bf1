package com.gogogoapi.funding.treasury;

import com.gogogoapi.chassis.turns.Turns;
import com.gogogoapi.funding.chains.Chains;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks every few seconds whether something is to be reconciled. */
@Component
class ReconciliationTurns implements SmartLifecycle {

    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final Reconciliation reconciliation;
    private final Chains chains;
    private final Duration every;
    private @Nullable Turns turns;

    ReconciliationTurns(Reconciliation reconciliation, Chains chains, TreasurySettings settings) {
        this.reconciliation = reconciliation;
        this.chains = chains;
        this.every = settings.reconcileEvery().compareTo(LOOK) < 0 ? settings.reconcileEvery() : LOOK;
    }

    @Override
    public synchronized void start() {
        if (!chains.all().isEmpty()) {
            turns = Turns.withPauses("reconciliation", every, () -> {}, reconciliation::turn);
        }
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
