package com.gogogoapi.ledger.intake;

/** Does what it is given before it returns, so that a simulated instance has one thread. */
final class AtOnce extends OfOneThread {

    @Override
    public void execute(Runnable task) {
        task.run();
    }
}
