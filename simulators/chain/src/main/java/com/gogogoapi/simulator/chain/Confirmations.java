package com.gogogoapi.simulator.chain;

import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/**
 * Puts a few blocks above each transaction, a second apart, so that it becomes final, and none while nothing happens: a chain that mined
 * for ever would grow for ever.
 */
public final class Confirmations implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Confirmations.class.getName());
    private static final long PAUSE_MILLIS = 1_000;

    private final LocalChain chain;
    private final int blocks;
    private final Thread thread;
    private long known = -1;
    private int missing;

    private Confirmations(LocalChain chain, int blocks) {
        this.chain = chain;
        this.blocks = blocks;
        this.thread = Thread.ofVirtual().name("chain-confirmations").unstarted(this::run);
    }

    /** @param blocks above a transaction's, of a chain that mines at once; also above what there is now */
    public static Confirmations start(LocalChain chain, int blocks) {
        var confirmations = new Confirmations(chain, blocks);
        confirmations.thread.start();
        return confirmations;
    }

    private void run() {
        try {
            while (true) {
                look();
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A block that is none of these has a transaction in it. */
    private void look() {
        try {
            var height = chain.height();
            if (height != known) {
                known = height;
                missing = blocks;
            }
            if (missing > 0) {
                chain.mine(1);
                known++;
                missing--;
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            LOG.log(System.Logger.Level.WARNING, "the local chain does not answer", e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
