package com.gogogoapi.ledger.publication;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.messaging.Topics;
import com.gogogoapi.ledger.aggregate.Decide;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The fast answers on {@code credit-decisions}, each to the partition that its asker named. */
final class Answers {

    private static final Logger log = LoggerFactory.getLogger(Answers.class);

    private final EventPublisher publisher;
    private final int partitions;

    Answers(EventPublisher publisher, int partitions) {
        this.publisher = publisher;
        this.partitions = partitions;
    }

    /** Answers a command, if somebody waits for it. Whoever misses an answer asks for the request's events instead. */
    void send(Decide command, byte[] json, Headers headers) {
        var partition = command.replyPartition();
        if (partition == null) {
            return;
        }
        if (partition < 0 || partition >= partitions) {
            log.warn("{} asks for an answer on partition {}, which does not exist", command.causationId(), partition);
            return;
        }
        publisher
                .send(new ProducerRecord<>(Topics.CREDIT_DECISIONS, partition, command.accountId(), json, headers))
                .whenComplete((sent, failure) -> {
                    if (failure != null) {
                        log.warn("the answer to {} was not delivered", command.causationId(), failure);
                    }
                });
    }
}
