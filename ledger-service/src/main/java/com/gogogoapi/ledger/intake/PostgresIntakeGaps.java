package com.gogogoapi.ledger.intake;

import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.trust.GapAcceptance;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * The gaps that were found, and which of them an operator has accepted. A shard that stopped at one makes the service's
 * health DOWN, but not its readiness: the other shards are as good as ever.
 */
@Component("ledgerIntakeGaps")
class PostgresIntakeGaps implements IntakeGaps, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(PostgresIntakeGaps.class);

    /** The end that was seen first stays: what grows beyond it is something else than what was to be read there. */
    private static final String NOTE = """
            insert into ledger_intake_gap (source, shard, expected_offset, first_offset, end_offset, found_at_millis)
            values ((select max(number) from ledger_intake_source), ?, ?, ?, ?, ?)
                on conflict (source, shard, expected_offset) do update
               set first_offset = excluded.first_offset,
                   end_offset = least(ledger_intake_gap.end_offset, excluded.end_offset)
            returning accepted_by, reason, accepted_at_millis, signing_key, signature""";

    private static final String KNOWN = """
            select 1 from ledger_intake_gap
             where source = (select max(number) from ledger_intake_source) and shard = ? and expected_offset = ?""";

    private final DataSource dataSource;
    private final Clock clock;
    private final Map<Integer, String> stopped = new ConcurrentSkipListMap<>();

    PostgresIntakeGaps(DataSource dataSource, Clock clock, MeterRegistry meters) {
        this.dataSource = dataSource;
        this.clock = clock;
        Gauge.builder("gogogoapi.ledger.intake.stopped", stopped, Map::size)
                .description("Shards that stopped since the intake no longer has what they were to read next")
                .register(meters);
    }

    @Override
    public Optional<Start> startOf(ShardPosition position, long first, long end) throws SQLException {
        var shard = position.shard();
        var expected = position.nextOffset();
        // A gap that was found stays one until it is accepted, though the intake grows past it meanwhile.
        if (first <= expected && expected <= end && !isKnown(shard, expected)) {
            stopped.remove(shard);
            return Optional.of(Start.at(expected));
        }
        var gap = "%s-%d has offsets %d to %d, and %d is to be read next"
                .formatted(Topics.LEDGER_INTAKE, shard, first, end, expected);
        var passing = note(position, first, end);
        if (passing.isPresent()) {
            log.warn("shard {} goes on at {}, as an operator said: {}", shard, first, gap);
            stopped.remove(shard);
            return Optional.of(new Start(first, passing.get()));
        }
        if (!gap.equals(stopped.put(shard, gap))) {
            log.error(
                    "shard {} stops: {}. What was acknowledged in between is lost; restore it, or accept the gap"
                            + " (POST /api/v1/operator/ledger/intake-gaps/{})",
                    shard,
                    gap,
                    shard);
        }
        return Optional.empty();
    }

    @Override
    public void found(ShardPosition position) throws SQLException {
        note(position, 0, 0);
    }

    @Override
    public void forget(int shard) {
        stopped.remove(shard);
    }

    private boolean isKnown(int shard, long expected) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(KNOWN)) {
            statement.setInt(1, shard);
            statement.setLong(2, expected);
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** @return the word of the operator who has accepted it; empty if none has */
    private Optional<GapAcceptance> note(ShardPosition position, long first, long end) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(NOTE)) {
            statement.setInt(1, position.shard());
            statement.setLong(2, position.nextOffset());
            statement.setLong(3, first);
            statement.setLong(4, end);
            statement.setLong(5, clock.millis());
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getString(1) == null ? Optional.empty() : Optional.of(acceptance(position, row));
            }
        }
    }

    private static GapAcceptance acceptance(ShardPosition position, ResultSet row) throws SQLException {
        var at = Instant.ofEpochMilli(row.getLong(3));
        var signature = row.getString(5);
        return new GapAcceptance(
                position.shard(),
                position.nextOffset(),
                row.getString(1),
                row.getString(2),
                at,
                signature == null ? null : new OrderSignature(row.getString(4), at, signature));
    }

    @Override
    public Health health() {
        return stopped.isEmpty()
                ? Health.up().build()
                : Health.down().withDetail("stopped", stopped).build();
    }
}
