package com.gogogoapi.ledger.publication;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.ledger.aggregate.Decide;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.StoredEvent;
import com.gogogoapi.ledger.publication.PublicationPositions.Position;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

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
    private final EventPublisher logPublisher;
    private final DecisionReplies replies;
    private final PublishedUntil published;
    private final OpenHolds holds;
    private final GrantExpiries expiries;
    private Position saved;

    private ShardTail(
            LedgerLog ledgerLog,
            EventPublisher publisher,
            EventPublisher logPublisher,
            DecisionReplies replies,
            GrantExpiries expiries,
            Position saved) {
        this.shard = saved.shard();
        this.ledgerLog = ledgerLog;
        this.publisher = publisher;
        this.logPublisher = logPublisher;
        this.replies = replies;
        this.published = new PublishedUntil(saved.publishedPos());
        this.holds = new OpenHolds(saved.holdsDonePos());
        this.expiries = expiries;
        this.saved = saved;
    }

    /** Takes a shard over: publishes what is still to be published and finds its open holds. */
    static ShardTail takeOver(
            LedgerLog ledgerLog,
            EventPublisher publisher,
            EventPublisher logPublisher,
            DecisionReplies replies,
            GrantExpiries expiries,
            Position saved)
            throws SQLException {
        var tail = new ShardTail(ledgerLog, publisher, logPublisher, replies, expiries, saved);
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
                    follow(stored.pos(), stored.event());
                }
                if (stored.pos() > saved.publishedPos()) {
                    publish(stored);
                }
            }
        } while (page.size() == PAGE);
    }

    /** What was just committed: the answer first, since somebody waits for it. */
    void append(StoredEvent row, LedgerEvent event, Decide command, boolean large) {
        var headers = EventRecords.headers(row.accountId(), row.type(), row.metadata());
        replies.send(command, row.payload(), headers, large);
        follow(row.pos(), event);
        publish(row, headers);
    }

    private void follow(long pos, LedgerEvent event) {
        holds.follow(pos, event);
        expiries.follow(shard, event);
    }

    private void publish(StoredEvent stored) {
        publish(stored, EventRecords.headers(stored.accountId(), stored.type(), stored.metadata()));
    }

    private void publish(StoredEvent stored, Headers headers) {
        var attempt = published.attempt();
        logPublisher.send(
                new ProducerRecord<>(Topics.LEDGER_EVENTS, shard, stored.accountId(), stored.payload(), headers),
                failure -> {
                    if (failure == null) {
                        published.sent(attempt, stored.pos());
                    } else {
                        published.failed(attempt, stored.pos());
                    }
                });
    }

    /** Sends again what failed to arrive, and announces the holds that are over. */
    void maintain(Instant now) throws SQLException {
        if (published.hasFailed()) {
            sendAgain();
        }
        for (var due : holds.takeDue(now)) {
            publisher.toLedger(due, null, null);
        }
    }

    private void sendAgain() throws SQLException {
        var afterPos = published.restart();
        try {
            List<StoredEvent> page;
            do {
                page = ledgerLog.shardAfter(shard, afterPos, PAGE);
                page.forEach(this::publish);
                afterPos = page.isEmpty() ? afterPos : page.getLast().pos();
            } while (page.size() == PAGE);
        } catch (SQLException e) {
            // The next is not sent again after all: what follows it must not count until it is.
            published.failed(published.attempt(), afterPos + 1);
            throw e;
        }
    }

    /** Where it stands, if that is worth saving. */
    Optional<Position> progress() {
        var position = new Position(shard, published.pos(), holds.doneUntilPos());
        return position.equals(saved) ? Optional.empty() : Optional.of(position);
    }

    void saved(Position position) {
        saved = position;
    }
}
