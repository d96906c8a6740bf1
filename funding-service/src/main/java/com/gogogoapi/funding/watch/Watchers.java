package com.gogogoapi.funding.watch;

import com.gogogoapi.chassis.turns.Turns;
import com.gogogoapi.funding.addresses.DepositAddresses;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.deposits.Deposits;
import com.gogogoapi.funding.rpc.Nodes;
import com.gogogoapi.funding.settings.FundingProperties;
import com.gogogoapi.funding.treasury.Departures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Every chain's watcher on a thread of its own: none waits for another. */
@Component
class Watchers implements SmartLifecycle {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final ChainRows rows;
    private final List<ChainWatch> watches;
    private final Duration every;
    private final List<Turns> running = new ArrayList<>();

    Watchers(
            Chains chains,
            ChainRows rows,
            Nodes nodes,
            DepositAddresses addresses,
            Deposits deposits,
            Departures departures,
            FundingProperties properties) {
        this.rows = rows;
        this.watches = chains.all().stream()
                .map(chain -> new ChainWatch(chain, rows, nodes.of(chain), addresses, deposits, departures))
                .toList();
        this.every = properties.watch().every();
    }

    @Override
    public synchronized void start() {
        for (var watch : watches) {
            running.add(Turns.withPauses("watch " + watch.chain().id(), every, () -> {}, watch::look));
        }
    }

    @Override
    public synchronized void stop() {
        for (var i = 0; i < running.size(); i++) {
            var chain = watches.get(i).chain();
            running.get(i).stop(() -> rows.release(chain.id()), STOP_WITHIN);
        }
        running.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return !running.isEmpty();
    }
}
