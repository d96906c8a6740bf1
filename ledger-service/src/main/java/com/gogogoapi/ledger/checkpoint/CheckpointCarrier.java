package com.gogogoapi.ledger.checkpoint;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.LedgerCheckpointed;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/**
 * Carries checkpoints out of the database: into {@code ledger-checkpoints} and, where there is one, a file. What could not be
 * carried is carried next time, so both may repeat or lag, and never skip.
 */
final class CheckpointCarrier {

    /** How many are read from the database and published at a time. */
    static final int PAGE = 100;

    private static final String KEY = "checkpoint";

    private final CheckpointStore store;
    private final EventPublisher publisher;
    private final Optional<CheckpointFile> file;
    private final Clock clock;

    CheckpointCarrier(CheckpointStore store, EventPublisher publisher, Optional<CheckpointFile> file, Clock clock) {
        this.store = store;
        this.publisher = publisher;
        this.file = file;
        this.clock = clock;
    }

    void carryOut() throws IOException {
        for (var page = store.after(store.published(), PAGE);
                !page.isEmpty();
                page = store.after(store.published(), PAGE)) {
            for (var signed : page) {
                var number = Checkpoint.parse(signed.payload()).number();
                var metadata = EventMetadata.of(TimeOrderedIds.next(), publisher.source(), clock.instant());
                publisher
                        .send(EventRecords.record(
                                Topics.LEDGER_CHECKPOINTS,
                                null,
                                KEY,
                                new LedgerCheckpointed(number, signed.payload(), signed.signature()),
                                metadata))
                        .join();
                store.published(number);
            }
        }
        if (file.isPresent()) {
            write(file.get());
        }
    }

    private void write(CheckpointFile open) throws IOException {
        for (var page = store.after(open.last(), PAGE); !page.isEmpty(); page = store.after(open.last(), PAGE)) {
            for (var signed : page) {
                open.append(Checkpoint.parse(signed.payload()).number(), signed);
            }
        }
    }
}
