package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.LogUnavailableException;
import com.gogogoapi.ledger.log.StoredEvent;
import com.gogogoapi.ledger.snapshot.AccountSnapshot;
import com.gogogoapi.ledger.snapshot.Snapshots;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Axon's door to the log.
 *
 * <p>What is appended is kept with the root unit of work, the deciding of a batch; {@link DecidedBatch} writes it in one
 * statement with the offsets it came by. Every account can be loaded: one without events is a new one, so no command needs
 * to know whether it is the first.
 */
final class LedgerStorageEngine implements EventStorageEngine {

    private static final Logger log = LoggerFactory.getLogger(LedgerStorageEngine.class);
    private static final String AGGREGATE_TYPE = "CreditAccount";
    private static final String APPENDED = LedgerStorageEngine.class.getName();
    private static final int PAGE = 1_000;
    private static final int REPORT_EVERY = 100_000;

    private final LedgerLog ledgerLog;
    private final Snapshots snapshots;
    private final Runnable untilAppended;

    /** @param untilAppended waits for what was decided before: an account that is not at hand must not be read without it */
    LedgerStorageEngine(LedgerLog ledgerLog, Snapshots snapshots, Runnable untilAppended) {
        this.ledgerLog = ledgerLog;
        this.snapshots = snapshots;
        this.untilAppended = untilAppended;
    }

    /** All events of a batch, in the order in which they were decided. */
    static List<DomainEventMessage<?>> appendedIn(UnitOfWork<?> root) {
        return root.getOrComputeResource(APPENDED, key -> new ArrayList<>());
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        var appended = appendedIn(CurrentUnitOfWork.get().root());
        for (var event : events) {
            appended.add((DomainEventMessage<?>) event);
        }
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String accountId) {
        try {
            var snapshot =
                    snapshots.of(accountId).orElseGet(() -> new AccountSnapshot(accountId, -1, AccountState.NEW));
            return Optional.of(new GenericDomainEventMessage<>(
                    AGGREGATE_TYPE, accountId, snapshot.seq(), new CreditAccount(accountId, snapshot.state())));
        } catch (SQLException e) {
            throw new LogUnavailableException(e);
        }
    }

    @Override
    public DomainEventStream readEvents(String accountId, long firstSequenceNumber) {
        untilAppended.run();
        // Page by page: an account can have any number of events.
        var events = Stream.iterate(
                        page(accountId, firstSequenceNumber),
                        page -> !page.isEmpty(),
                        page -> page.size() < PAGE
                                ? List.<StoredEvent>of()
                                : page(accountId, page.getLast().seq() + 1))
                .flatMap(List::stream)
                .map(LedgerStorageEngine::message);
        return DomainEventStream.of(events);
    }

    private List<StoredEvent> page(String accountId, long firstSeq) {
        if (firstSeq > 0 && firstSeq % REPORT_EVERY == 0) {
            log.info("replaying {}: {} events so far", accountId, firstSeq);
        }
        try {
            return ledgerLog.accountFrom(accountId, firstSeq, PAGE);
        } catch (SQLException e) {
            throw new LogUnavailableException(e);
        }
    }

    private static DomainEventMessage<?> message(StoredEvent stored) {
        return new GenericDomainEventMessage<>(
                AGGREGATE_TYPE,
                stored.accountId(),
                stored.seq(),
                stored.event(),
                MetaData.emptyInstance(),
                stored.eventId().toString(),
                Instant.ofEpochMilli(stored.atMillis()));
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("Snapshots must be taken of decided states, not by Axon.");
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
        throw new UnsupportedOperationException("The log must be followed by shard position, or on its Kafka topic.");
    }
}
