package com.gogogoapi.funding.credit;

import com.gogogoapi.chassis.turns.Turns;
import com.gogogoapi.funding.chains.Chains;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Credits what is due, again and again, where a chain is on. */
@Component
class CreditingTurns implements SmartLifecycle {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final Crediting crediting;
    private final Chains chains;
    private @Nullable Turns turns;

    CreditingTurns(Crediting crediting, Chains chains) {
        this.crediting = crediting;
        this.chains = chains;
    }

    @Override
    public synchronized void start() {
        if (!chains.all().isEmpty()) {
            turns = Turns.withPauses("crediting", EVERY, () -> {}, crediting::turn);
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
