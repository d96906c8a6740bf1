package com.gogogoapi.ledger.publication;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.messaging.EventRecords;
import com.gogogoapi.contracts.messaging.Topics;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.StoredEvent;
import com.gogogoapi.ledger.publication.PublicationPositions.Position;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * One shard's publication by the worker that owns it: every committed event to {@code ledger-events}, in order, from the
 * stored bytes.
 *
 * <p>Normally it is handed what was just committed. After a start, a change of owner or a failed send it reads on from
 * the log, from the last position known to be in Kafka: it may repeat, it never skips.
 */
final class ShardTail {

    private static final int PAGE = 1_000;

    private final int shard;
    private final LedgerLog ledgerLog;
    private final EventPublisher publisher;
    private final PublishedUntil published;
    private final OpenHolds holds;
    private Position saved;

    private ShardTail(LedgerLog ledgerLog, EventPublisher publisher, Position saved) {
        this.shard = saved.shard();
        this.ledgerLog = ledgerLog;
        this.publisher = publisher;
        this.published = new PublishedUntil(saved.publishedPos());
        this.holds = new OpenHolds(saved.holdsDonePos());
        this.saved = saved;
    }

    /** Takes a shard over: publishes what is still to be published and finds its open holds. */
    static ShardTail takeOver(LedgerLog ledgerLog, EventPublisher publisher, Position saved) throws SQLException {
        var tail = new ShardTail(ledgerLog, publisher, saved);
        tail.readOn(Math.min(saved.publishedPos(), saved.holdsDonePos()));
        return tail;
    }

    private void readOn(long afterPos) throws SQLException {
        List<StoredEvent> page;
        do {
            page = ledgerLog.shardAfter(shard, afterPos, PAGE);
            for (var stored : page) {
                afterPos = stored.pos();
                if (stored.pos() > saved.holdsDonePos()) {
                    holds.follow(stored.pos(), stored.event());
                }
                if (stored.pos() > saved.publishedPos()) {
                    publish(stored);
                }
            }
        } while (page.size() == PAGE);
    }

    /** What was just committed, with the events that its rows state. */
    void append(List<StoredEvent> rows, List<LedgerEvent> events) {
        for (var i = 0; i < rows.size(); i++) {
            holds.follow(rows.get(i).pos(), events.get(i));
            publish(rows.get(i));
        }
    }

    private void publish(StoredEvent stored) {
        var attempt = published.attempt();
        publisher
                .send(EventRecords.record(
                        Topics.LEDGER_EVENTS,
                        shard,
                        stored.accountId(),
                        stored.type(),
                        stored.payload(),
                        stored.metadata()))
                .whenComplete((sent, failure) -> {
                    if (failure == null) {
                        published.sent(attempt, stored.pos());
                    } else {
                        published.failed(attempt, stored.pos());
                    }
                });
    }

    /** Sends again what failed to arrive, and announces the holds that are over. */
    void tend(Instant now) throws SQLException {
        if (published.hasFailed()) {
            sendAgain(published.restart());
        }
        for (var due : holds.takeDue(now)) {
            publisher.toLedger(due, null, null);
        }
    }

    private void sendAgain(long afterPos) throws SQLException {
        try {
            List<StoredEvent> page;
            do {
                page = ledgerLog.shardAfter(shard, afterPos, PAGE);
                page.forEach(this::publish);
                afterPos = page.isEmpty() ? afterPos : page.getLast().pos();
            } while (page.size() == PAGE);
        } catch (SQLException e) {
            // What could not be read was not sent: the next turn begins again from here.
            published.failed(published.attempt(), afterPos + 1);
            throw e;
        }
    }

    /** Where it stands, if that is worth saving. */
    java.util.Optional<Position> progress() {
        var position = new Position(shard, published.pos(), holds.doneUntilPos());
        return position.equals(saved) ? java.util.Optional.empty() : java.util.Optional.of(position);
    }

    void saved(Position position) {
        saved = position;
    }

    int openHolds() {
        return holds.size();
    }
}
