package com.gogogoapi.ledger.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.kafka.DeadLetters;
import com.gogogoapi.contracts.wire.IntakeSecret;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.ledger.aggregate.SetAside;
import com.gogogoapi.ledger.log.IntakeRecord;
import com.gogogoapi.ledger.trust.IntakeGuard.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * What was not believed: counted, and the first {@value #COPIED_AN_HOUR} of an hour logged and copied to {@code dead-letters} as
 * they were; whoever floods the intake must not fill that topic as well, and the rest is in the intake anyway. For an hour after the last one the health's component {@code ledgerRefusals} tells of it;
 * it stays UP, since nobody outside must be able to take the ledger down.
 */
@Component("ledgerRefusals")
class RefusedRecords implements SetAside, HealthIndicator {

    static final int COPIED_AN_HOUR = 1_000;

    private static final Duration TOLD_FOR = Duration.ofHours(1);

    private record Last(String where, String what, Instant at) {}

    private final DeadLetters deadLetters;
    private final MeterRegistry meters;
    private final Clock clock;
    private volatile @Nullable Last last;
    private Instant hourEnds = Instant.MIN;
    private int copied;

    RefusedRecords(DeadLetters deadLetters, MeterRegistry meters, Clock clock) {
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public void setAside(IntakeRecord record, Refusal refusal) {
        meters.counter("gogogoapi.ledger.intake.refused", "reason", refusal.reason())
                .increment();
        last = new Last(
                Topics.LEDGER_INTAKE + "-" + record.shard() + "@" + record.offset(),
                refusal.reason() + ": " + refusal.detail(),
                clock.instant());
        if (mayCopy()) {
            deadLetters.setAside(asItWas(record), refusal.reason(), refusal.detail());
        }
    }

    private synchronized boolean mayCopy() {
        var now = clock.instant();
        if (!now.isBefore(hourEnds)) {
            hourEnds = now.plus(TOLD_FOR);
            copied = 0;
        }
        return copied++ < COPIED_AN_HOUR;
    }

    private static ConsumerRecord<String, byte[]> asItWas(IntakeRecord record) {
        var headers = new RecordHeaders();
        headers.add("ce_id", record.causationId().toString().getBytes(UTF_8));
        headers.add("ce_type", record.type().getBytes(UTF_8));
        var seal = record.seal();
        if (seal != null) {
            headers.add(IntakeSecret.KEY_HEADER, seal.key().getBytes(UTF_8));
            headers.add(IntakeSecret.MAC_HEADER, seal.mac());
        }
        return new ConsumerRecord<>(
                Topics.LEDGER_INTAKE,
                record.shard(),
                record.offset(),
                record.atMillis(),
                TimestampType.LOG_APPEND_TIME,
                ConsumerRecord.NULL_SIZE,
                record.payload().length,
                record.accountId(),
                record.payload(),
                headers,
                Optional.empty());
    }

    @Override
    public Health health() {
        var refused = last;
        return refused == null || refused.at().plus(TOLD_FOR).isBefore(clock.instant())
                ? Health.up().build()
                : Health.up()
                        .withDetail("refused", refused.what())
                        .withDetail("record", refused.where())
                        .withDetail("at", refused.at().toString())
                        .build();
    }
}
