package com.gogogoapi.ledger.intake;

import com.gogogoapi.chassis.kafka.DeadLetters;
import com.gogogoapi.contracts.intake.CreditIntake;
import com.gogogoapi.contracts.messaging.EventRecords;
import com.gogogoapi.contracts.messaging.EventRecords.Decoded;
import com.gogogoapi.ledger.aggregate.Decide;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns records of the intake into commands; what is none is set aside. */
final class IntakeRecords {

    private final DeadLetters deadLetters;

    IntakeRecords(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    List<Decide> commands(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream().map(this::command).flatMap(Optional::stream).toList();
    }

    private Optional<Decide> command(ConsumerRecord<String, byte[]> record) {
        return switch (EventRecords.decode(record.headers(), record.value())) {
            case Decoded.UnknownType unknown -> setAside(record, "unknown-type", unknown.wireName());
            case Decoded.Malformed malformed -> setAside(record, "malformed", malformed.reason());
            case Decoded.Known(var event, var metadata) -> {
                if (!(event instanceof CreditIntake intake)) {
                    yield setAside(
                            record,
                            "malformed",
                            "not for the ledger: " + event.getClass().getSimpleName());
                }
                // The key chose the shard: an account in another's shard would be in two stories.
                if (!Objects.equals(record.key(), intake.accountId().value())) {
                    yield setAside(record, "malformed", "the key is not the account");
                }
                yield Optional.of(new Decide(
                        intake.accountId().value(),
                        intake,
                        record.partition(),
                        metadata.id(),
                        metadata.traceParent(),
                        metadata.replyPartition(),
                        Instant.ofEpochMilli(record.timestamp()),
                        null));
            }
        };
    }

    private Optional<Decide> setAside(ConsumerRecord<String, byte[]> record, String reason, String detail) {
        deadLetters.setAside(record, reason, detail);
        return Optional.empty();
    }
}
