package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.messaging.MalformedEventException;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.ledger.log.IntakeRecord;
import java.time.format.DateTimeParseException;
import tools.jackson.core.JacksonException;

/** What this build makes of a record's content. */
public sealed interface Reading {

    /** Something the ledger takes in. */
    record Readable(LedgerIntake intake) implements Reading {}

    /**
     * Of a type that this build does not know, or with content that it cannot read.
     *
     * @param why of few different words at its beginning; nothing of the content
     */
    record Unreadable(String why) implements Reading {}

    /** Reads a record. Never throws for what is in it. */
    static Reading of(IntakeRecord record) {
        var type = EventType.named(record.type());
        if (type.isEmpty()) {
            return new Unreadable("unknown type " + record.type());
        }
        try {
            if (!(EventJson.read(record.payload(), type.get().eventClass()) instanceof LedgerIntake intake)) {
                return new Unreadable("not for the ledger: " + record.type());
            }
            // The key chose the shard: an account in another's shard would be in two stories.
            return intake.accountId().value().equals(record.accountId())
                    ? new Readable(intake)
                    : new Unreadable("the key is not the account");
        } catch (JacksonException e) {
            return new Unreadable("malformed: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | DateTimeParseException | MalformedEventException e) {
            return new Unreadable("malformed: " + e.getMessage());
        }
    }
}
