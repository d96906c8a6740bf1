package com.gogogoapi.ledger.publication;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.LedgerAnswer;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RateExceeded;
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.ledger.account.Decision;
import com.gogogoapi.ledger.account.EventIds;
import com.gogogoapi.ledger.aggregate.BatchOutcome;
import com.gogogoapi.ledger.aggregate.BatchOutcome.DecidedCommand;
import com.gogogoapi.ledger.log.LedgerLog;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one worker tells the world of the shards it owns: the log on {@code ledger-events}, and each decision that
 * somebody waits for on {@code credit-decisions}. Always after the commit. Used by one thread at a time,
 * which {@link PublicationThread} sees to.
 */
public final class Publication {

    private static final Logger log = LoggerFactory.getLogger(Publication.class);

    private final LedgerLog ledgerLog;
    private final EventPublisher publisher;
    private final LogSender logSender;
    private final PublicationPositions positions;
    private final DecisionReplies replies;
    private final GrantExpiries expiries;
    private final Map<Integer, ShardTail> tails = new HashMap<>();

    /**
     * @param publisher for what somebody waits for
     * @param logSender for the log, and for the answers of large batches
     */
    public Publication(
            LedgerLog ledgerLog,
            PublicationPositions positions,
            ExpiringGrants expiringGrants,
            EventPublisher publisher,
            LogSender logSender,
            int decisionPartitions) {
        this.ledgerLog = ledgerLog;
        this.publisher = publisher;
        this.logSender = logSender;
        this.positions = positions;
        this.replies = new DecisionReplies(publisher, logSender, decisionPartitions);
        this.expiries = new GrantExpiries(expiringGrants);
    }

    /** Takes a shard over, also one it has already: then everything it believed of it is read anew. */
    void takeOver(int shard) throws SQLException {
        tails.put(shard, ShardTail.takeOver(ledgerLog, publisher, logSender, replies, expiries, positions.of(shard)));
    }

    /** Lets shards go. */
    void giveUp(Collection<Integer> shards) {
        save();
        shards.forEach(tails::remove);
    }

    /**
     * Tells what was just committed.
     *
     * @param large whether it is of a large batch
     */
    void committed(BatchOutcome.AppendedShard shard, boolean large) {
        var tail = tails.get(shard.batch().shard());
        if (tail == null) {
            throw new IllegalStateException(
                    "Shard " + shard.batch().shard() + " must be owned by whoever publishes its batches.");
        }
        var rows = shard.batch().events().iterator();
        for (var decided : shard.decided()) {
            switch (decided.decision()) {
                case Decision.NewEvent(LedgerEvent event) -> tail.append(rows.next(), event, decided, large);
                case Decision.Repeated(LedgerEvent event) -> repeat(event, decided, large);
                case Decision.TooSoon(RateExceeded answer) -> tooSoon(answer, decided, large);
                case Decision.Ignored ignored -> {
                    log.debug("{} ignored: {}", decided.command().intake(), ignored);
                    if (decided.command().intake() instanceof GrantExpiryDue due) {
                        expiries.ignored(shard.batch().shard(), due, ignored.reason());
                    }
                }
                case Decision.NeedsHistory needsHistory ->
                    throw new IllegalStateException("A decision with its history must be one: " + needsHistory);
            }
        }
    }

    private void repeat(LedgerEvent event, DecidedCommand decided, boolean large) {
        answer(event, EventIds.of(event), event.decidedAt(), decided, large);
    }

    private void tooSoon(RateExceeded answer, DecidedCommand decided, boolean large) {
        // Not in the log, so it has no place there to be named by; the same request can come too soon again.
        var id = TimeOrderedIds.named(
                "rate", answer.requestId().toString(), answer.decidedAt().toString());
        answer(answer, id, answer.decidedAt(), decided, large);
    }

    private void answer(LedgerAnswer answer, UUID id, Instant decidedAt, DecidedCommand decided, boolean large) {
        var command = decided.command();
        if (command.replyPartition() == null) {
            return;
        }
        var metadata = EventMetadata.of(id, publisher.source(), decidedAt)
                .causedBy(command.causationId())
                .tracedBy(command.traceParent());
        var wireName = EventType.of(answer).wireName();
        replies.send(
                decided, EventJson.write(answer), EventRecords.headers(command.accountId(), wireName, metadata), large);
    }

    /** Asks for the rest of a parked account that went on in part; the operator asks again if this does not arrive. */
    void resume(ParkedResumeRequested rest) {
        publisher.toLedger(rest, null, null).whenComplete((sent, failure) -> {
            if (failure != null) {
                log.error("{} stays parked at {}", rest.accountId(), rest.offset(), failure);
            }
        });
    }

    /** What has to be done now and then. */
    void maintain(Instant now) throws SQLException {
        for (var tail : tails.values()) {
            tail.maintain(now);
        }
        save();
        for (var due : expiries.takeDue(tails.keySet(), now)) {
            publisher.toLedger(due, null, null);
        }
    }

    /** How many events of the owned shards are in the log and not known to be in Kafka. */
    long unpublished() {
        return tails.values().stream().mapToLong(ShardTail::unpublished).sum();
    }

    /** Saves how far all owned shards are; a failure costs repeated publication later, nothing else. */
    void save() {
        var progress = tails.values().stream()
                .flatMap(tail -> tail.progress().stream())
                .toList();
        try {
            expiries.save();
            if (progress.isEmpty()) {
                return;
            }
            positions.save(progress);
            progress.forEach(position -> {
                var tail = tails.get(position.shard());
                if (tail != null) {
                    tail.saved(position);
                }
            });
        } catch (SQLException e) {
            log.warn("publication positions not saved; a start from here would repeat some events", e);
        }
    }
}
