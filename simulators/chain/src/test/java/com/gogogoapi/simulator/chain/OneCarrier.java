package com.gogogoapi.simulator.chain;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A chain, and a virtual thread that wants to run beside it. */
final class OneCarrier {

    private OneCarrier() {}

    public static void main(String[] arguments) throws Exception {
        try (var chain = LocalChain.start(LocalChain.Options.inMemory(920_001L, 1))) {
            // Until it has read all that there is, it has not begun to wait.
            chain.mine(1);
            var ran = new CountDownLatch(1);
            Thread.ofVirtual().start(ran::countDown);
            System.exit(ran.await(30, TimeUnit.SECONDS) ? 0 : 1);
        }
    }
}
