package com.gogogoapi.proxy.decisions;

import com.gogogoapi.contracts.ledger.LedgerAnswer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A decision that somebody waits for. */
final class Expectation implements AutoCloseable {

    private final CompletableFuture<LedgerAnswer> decision = new CompletableFuture<>();
    private final Consumer<Expectation> withdraw;
    private final long sinceNanos = System.nanoTime();

    Expectation(Consumer<Expectation> withdraw) {
        this.withdraw = withdraw;
    }

    /** Since when: before anything was asked. */
    long sinceNanos() {
        return sinceNanos;
    }

    void fulfil(LedgerAnswer event) {
        decision.complete(event);
    }

    /** The decision if it comes in time. */
    Optional<LedgerAnswer> await(Duration atMost) throws InterruptedException {
        try {
            return Optional.of(decision.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A decision must never complete exceptionally.", e);
        }
    }

    @Override
    public void close() {
        withdraw.accept(this);
    }
}
