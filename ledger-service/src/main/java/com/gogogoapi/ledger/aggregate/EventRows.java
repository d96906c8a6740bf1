package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.ledger.account.EventIds;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.log.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;

/** From Axon's messages to the rows of the log. */
final class EventRows {

    private EventRows() {}

    /** An event as it will be stored, but for its position. */
    @SuppressWarnings("ArrayRecordComponent") // Stored, never compared.
    record DecidedRow(Decide cause, long seq, LedgerEvent event, byte[] payload) {

        static DecidedRow of(DomainEventMessage<?> message) {
            if (message.getPayload() instanceof LedgerEvent event
                    && message.getMetaData().get(CreditAccount.CAUSE) instanceof Decide cause) {
                return new DecidedRow(cause, message.getSequenceNumber(), event, EventJson.write(event));
            }
            throw new IllegalStateException("It must be an event of the ledger with its cause: " + message);
        }
    }

    /** The rows of a shard's events, at the positions that follow where the shard stood. */
    static List<StoredEvent> of(ShardPosition from, List<DecidedRow> events) {
        var rows = new ArrayList<StoredEvent>(events.size());
        var pos = from.lastPos();
        for (var decided : events) {
            var cause = decided.cause();
            rows.add(new StoredEvent(
                    cause.shard(),
                    ++pos,
                    cause.accountId(),
                    decided.seq(),
                    EventIds.of(decided.event()),
                    EventType.of(decided.event()).wireName(),
                    decided.payload(),
                    cause.causationId(),
                    cause.traceParent(),
                    cause.at().toEpochMilli()));
        }
        return rows;
    }
}
