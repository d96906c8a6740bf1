package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.fixtures.Authentic;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts records into the ledger's intake, some thousand on their way at a time; closed, Kafka has all of them. */
final class Sending implements Consumer<CreditIntake>, AutoCloseable {

    private static final int MAX_ON_THEIR_WAY = 5_000;

    private final EventPublisher publisher;
    private final @Nullable Integer replyPartition;
    private final Semaphore room = new Semaphore(MAX_ON_THEIR_WAY);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** @param replyPartition where the ledger answers; null if it need not */
    Sending(EventPublisher publisher, @Nullable Integer replyPartition) {
        this.publisher = publisher;
        this.replyPartition = replyPartition;
    }

    @Override
    public void accept(CreditIntake record) {
        room.acquireUninterruptibly();
        publisher
                .as(Authentic.secretFor(record))
                .toLedger(Authentic.signed(record), replyPartition, null)
                .whenComplete((sent, failed) -> {
                    if (failed != null) {
                        failure.compareAndSet(null, failed);
                    }
                    room.release();
                });
    }

    /** @throws IllegalStateException if Kafka did not take all of it */
    @Override
    public void close() {
        room.acquireUninterruptibly(MAX_ON_THEIR_WAY);
        var failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("Kafka must take all records.", failed);
        }
    }
}
