package com.gogogoapi.ledger.publication;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.ledger.aggregate.BatchOutcome.DecidedCommand;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.StoredEvent;
import com.gogogoapi.ledger.publication.PublicationPositions.Position;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shard's publication by the worker that owns it: every committed event to {@code ledger-events}, in order, from the
 * stored bytes.
 *
 * <p>Normally it is handed what was just committed. After a start, a change of owner or a failed send it reads on from
 * the log, from the last position known to be in Kafka: it may repeat, it never skips, and nothing overtakes.
 */
final class ShardTail {

    private static final Logger log = LoggerFactory.getLogger(ShardTail.class);

    private static final int PAGE = 1_000;

    /** How much is caught up in a turn: the worker has other things to do as well. */
    private static final int PAGES_A_TURN = 50;

    private final int shard;
    private final LedgerLog ledgerLog;
    private final EventPublisher publisher;
    private final LogSender logSender;
    private final DecisionReplies replies;
    private final PublishedUntil published;
    private final OpenHolds holds;
    private final GrantExpiries expiries;
    private LogSender.Session session;
    private Position saved;
    /** The last event that was told, sent or not. */
    private long last;

    private volatile long failedLast;

    private ShardTail(
            LedgerLog ledgerLog,
            EventPublisher publisher,
            LogSender logSender,
            DecisionReplies replies,
            GrantExpiries expiries,
            Position saved) {
        this.shard = saved.shard();
        this.ledgerLog = ledgerLog;
        this.publisher = publisher;
        this.logSender = logSender;
        this.session = logSender.session();
        this.replies = replies;
        this.published = new PublishedUntil(saved.publishedPos());
        this.holds = new OpenHolds(saved.holdsDonePos());
        this.expiries = expiries;
        this.saved = saved;
        this.last = saved.publishedPos();
    }

    /** Takes a shard over: publishes what is still to be published and finds its open holds. */
    static ShardTail takeOver(
            LedgerLog ledgerLog,
            EventPublisher publisher,
            LogSender logSender,
            DecisionReplies replies,
            GrantExpiries expiries,
            Position saved)
            throws SQLException {
        var tail = new ShardTail(ledgerLog, publisher, logSender, replies, expiries, saved);
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
    void append(StoredEvent row, LedgerEvent event, DecidedCommand decided, boolean large) {
        var headers = EventRecords.headers(row.accountId(), row.type(), row.metadata());
        replies.send(decided, row.payload(), headers, large);
        follow(row.pos(), event);
        publish(row, headers);
    }

    private void follow(long pos, LedgerEvent event) {
        holds.follow(pos, event);
        expiries.follow(shard, event);
    }

    private boolean publish(StoredEvent stored) {
        return publish(stored, EventRecords.headers(stored.accountId(), stored.type(), stored.metadata()));
    }

    /** @return false if it is not its turn: it is read from the log when it is */
    private boolean publish(StoredEvent stored, Headers headers) {
        last = Math.max(last, stored.pos());
        if (session.hasEnded() && published.isAtRest()) {
            session = logSender.session();
        }
        if (!published.begin(stored.pos())) {
            return false;
        }
        var attempt = published.attempt();
        var through = session;
        through.send(
                new ProducerRecord<>(Topics.LEDGER_EVENTS, shard, stored.accountId(), stored.payload(), headers),
                failure -> {
                    if (failure == null) {
                        published.sent(attempt, stored.pos());
                    } else {
                        failed(attempt, stored.pos(), through, failure);
                    }
                });
        return true;
    }

    /** On the producer's own thread, and so before it sends anything else. */
    private void failed(int attempt, long pos, LogSender.Session through, Exception failure) {
        if (published.failed(attempt, pos)) {
            through.end();
        }
        // Of what failed with it nothing need be said.
        if (pos == published.pos() + 1 && pos != failedLast) {
            failedLast = pos;
            log.warn("event {} of shard {} was not sent; nothing newer is sent before it", pos, shard, failure);
        }
    }

    /** Sends again what failed to arrive, and announces the holds that are over. */
    void maintain(Instant now) throws SQLException {
        if (published.isSilent(now)) {
            log.error(
                    "nothing was heard of events {} and on of shard {}; they are sent again",
                    published.pos() + 1,
                    shard);
            session.end();
            published.abandon();
        }
        published.restart();
        catchUp();
        for (var due : holds.takeDue(now)) {
            publisher.toLedger(due, null, null);
        }
    }

    private void catchUp() throws SQLException {
        for (var pages = 0; pages < PAGES_A_TURN && published.isReady() && published.handedOver() < last; pages++) {
            var page = ledgerLog.shardAfter(shard, published.handedOver(), published.isTrying() ? 1 : PAGE);
            for (var stored : page) {
                if (!publish(stored)) {
                    return;
                }
            }
        }
    }

    /** Where it stands, if that is worth saving. */
    Optional<Position> progress() {
        var position = new Position(shard, published.pos(), holds.doneUntilPos());
        return position.equals(saved) ? Optional.empty() : Optional.of(position);
    }

    /** How many events are in the log and not known to be in Kafka. */
    long unpublished() {
        return Math.max(0, last - published.pos());
    }

    void saved(Position position) {
        saved = position;
    }
}
