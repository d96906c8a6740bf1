package com.gogogoapi.ledger.intake;

import com.gogogoapi.chassis.kafka.DeadLetters;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.messaging.MalformedEventException;
import com.gogogoapi.contracts.wire.EventAttributes;
import com.gogogoapi.ledger.log.IntakeRecord;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which record is whose: one that says whose and which it is belongs to that account's story, readable or not;
 * any other belongs to nobody's and is set aside as a dead letter.
 */
final class IntakeRecords {

    private final DeadLetters deadLetters;

    IntakeRecords(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    List<IntakeRecord> of(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream().map(this::identified).flatMap(Optional::stream).toList();
    }

    private Optional<IntakeRecord> identified(ConsumerRecord<String, byte[]> record) {
        if (!isAccount(record.key())) {
            return setAside(record, "The key must be an account id.");
        }
        if (record.value() == null) {
            return setAside(record, "The record must have a value.");
        }
        try {
            var attributes = EventAttributes.of(record.headers());
            var type = attributes.type();
            if (type == null || type.isBlank()) {
                return setAside(record, "There must be a header ce_type.");
            }
            if (!isPlain(type)) {
                return setAside(record, "ce_type must have no control characters.");
            }
            return Optional.of(new IntakeRecord(
                    record.partition(),
                    record.offset(),
                    record.key(),
                    type,
                    record.value(),
                    attributes.id(),
                    plain(attributes.traceParent()),
                    attributes.replyPartition(),
                    record.timestamp(),
                    attributes.seal()));
        } catch (IllegalArgumentException | MalformedEventException e) {
            return setAside(record, String.valueOf(e.getMessage()));
        }
    }

    /** Which trace it belongs to is worth no dead letter. */
    private static @Nullable String plain(@Nullable String traceParent) {
        return traceParent != null && isPlain(traceParent) ? traceParent : null;
    }

    private static boolean isPlain(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isAccount(@Nullable String key) {
        return key != null && AccountId.isValid(key);
    }

    private Optional<IntakeRecord> setAside(ConsumerRecord<String, byte[]> record, String detail) {
        deadLetters.setAside(record, "malformed", detail);
        return Optional.empty();
    }
}
