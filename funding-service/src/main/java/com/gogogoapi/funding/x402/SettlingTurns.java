package com.gogogoapi.funding.x402;

import com.gogogoapi.chassis.turns.Turns;
import com.gogogoapi.funding.chains.Chains;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Goes on with payments that nobody waits for, also of instances that died. */
@Component
class SettlingTurns implements SmartLifecycle {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final Settling settling;
    private final Chains chains;
    private @Nullable Turns turns;

    SettlingTurns(Settling settling, Chains chains) {
        this.settling = settling;
        this.chains = chains;
    }

    @Override
    public synchronized void start() {
        if (!chains.all().isEmpty()) {
            turns = Turns.withPauses("settling", EVERY, () -> {}, settling::turn);
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
