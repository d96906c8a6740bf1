package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.messaging.EventType;
import com.gogogoapi.ledger.log.EventIds;
import com.gogogoapi.ledger.log.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;

/** From Axon's messages to the rows of the log. */
final class EventRows {

    private EventRows() {}

    /** The rows of a shard's events, at the positions that follow where the shard stood. */
    static List<StoredEvent> of(ShardIntake intake, List<DomainEventMessage<?>> messages) {
        var rows = new ArrayList<StoredEvent>(messages.size());
        var pos = intake.from().lastPos();
        for (var message : messages) {
            var event = (LedgerEvent) message.getPayload();
            var cause = cause(message);
            rows.add(new StoredEvent(
                    cause.shard(),
                    ++pos,
                    cause.accountId(),
                    message.getSequenceNumber(),
                    EventIds.of(event),
                    EventType.of(event).wireName(),
                    EventJson.write(event),
                    cause.causationId(),
                    cause.traceParent(),
                    cause.at().toEpochMilli()));
        }
        return rows;
    }

    /** The command that an event was decided on. */
    static Decide cause(DomainEventMessage<?> message) {
        if (message.getMetaData().get(CreditAccount.CAUSE) instanceof Decide cause) {
            return cause;
        }
        throw new IllegalStateException("an event without the command that caused it");
    }
}
