package com.gogogoapi.ledger.aggregate;

import java.util.Optional;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.jspecify.annotations.Nullable;

/** Axon's event store over our log. Readers of the log follow Kafka or the shard's positions, not a token of Axon's. */
final class LedgerEventStore extends AbstractEventStore {

    private LedgerEventStore(Builder builder) {
        super(builder);
    }

    static LedgerEventStore over(LedgerStorageEngine engine) {
        return new LedgerEventStore(new Builder() {}.storageEngine(engine));
    }

    /**
     * Axon would go on without the snapshot. But a snapshot that is unreadable is handled where it is read; what arrives
     * here is a database that did not answer, and an account made of that would have its records set aside as
     * undecidable, although trying again is all they need.
     */
    @Override
    protected Optional<DomainEventMessage<?>> handleSnapshotReadingError(String accountId, Throwable failure) {
        switch (failure) {
            case RuntimeException unavailable -> throw unavailable;
            case Error error -> throw error;
            case Throwable other ->
                throw new IllegalStateException("The snapshot of " + accountId + " must be readable.", other);
        }
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken trackingToken) {
        throw new UnsupportedOperationException("The log must be followed by shard position, or on its Kafka topic.");
    }
}
