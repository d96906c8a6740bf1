package com.gogogoapi.ledger.publication;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.wire.RateStandings;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.ledger.aggregate.BatchOutcome.DecidedCommand;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers on {@code credit-decisions}, each to the partition that its asker named. Those of a small batch go at once,
 * those of a large one in as few requests as the log's: in a rush, answers one by one cost more than the decisions.
 */
final class DecisionReplies {

    private static final Logger log = LoggerFactory.getLogger(DecisionReplies.class);

    private final EventPublisher publisher;
    private final LogSender logSender;
    private final int partitions;

    DecisionReplies(EventPublisher publisher, LogSender logSender, int partitions) {
        this.publisher = publisher;
        this.logSender = logSender;
        this.partitions = partitions;
    }

    /**
     * Answers a command, if somebody waits for it, and says how its rates stand. Whoever misses an answer asks for the
     * request's events instead.
     */
    void send(DecidedCommand decided, byte[] json, Headers headers, boolean large) {
        var command = decided.command();
        var partition = command.replyPartition();
        if (partition == null) {
            return;
        }
        if (partition < 0 || partition >= partitions) {
            log.warn("{} asks for an answer on partition {}, which does not exist", command.causationId(), partition);
            return;
        }
        var reply = new ProducerRecord<>(
                Topics.CREDIT_DECISIONS, partition, command.accountId(), json, headers(decided, headers));
        Consumer<@Nullable Exception> done = failure -> {
            if (failure != null) {
                log.warn("the answer to {} was not delivered", command.causationId(), failure);
            }
        };
        if (large) {
            logSender.send(reply, done);
        } else {
            publisher.send(reply, done);
        }
    }

    /** The event's own, which are the log's too, or with what only the asker is told. */
    private static Headers headers(DecidedCommand decided, Headers events) {
        var standings = decided.rateStandings();
        if (standings.isEmpty()) {
            return events;
        }
        var headers = new RecordHeaders(events);
        RateStandings.add(headers, standings);
        return headers;
    }
}
