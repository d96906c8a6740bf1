package com.gogogoapi.ledger.intake;

import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
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
import org.jspecify.annotations.Nullable;
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

    /** One that is not signed is of before, and in no log: nobody can say whether it was used, and it no longer counts. */
    private static final String KNOWN = """
            select signature, signing_key, accepted_by, reason, accepted_at_millis from ledger_intake_gap
             where source = (select max(number) from ledger_intake_source) and shard = ? and expected_offset = ?""";

    /** The end that was seen first stays: what grows beyond it is something else than what was to be read there. */
    private static final String NOTE = """
            insert into ledger_intake_gap (source, shard, expected_offset, first_offset, end_offset, found_at_millis)
            values ((select max(number) from ledger_intake_source), ?, ?, ?, ?, ?)
                on conflict (source, shard, expected_offset) do update
               set first_offset = excluded.first_offset,
                   end_offset = least(ledger_intake_gap.end_offset, excluded.end_offset)""";

    /** Another loss than the one that was accepted and passed, though at the same offset. */
    private static final String NOTE_ANOTHER = """
            update ledger_intake_gap
               set first_offset = ?, end_offset = ?, found_at_millis = ?, accepted_by = null, reason = null,
                   accepted_at_millis = null, signing_key = null, signature = null
             where source = (select max(number) from ledger_intake_source) and shard = ? and expected_offset = ?
               and accepted_at_millis = ?""";

    private final DataSource dataSource;
    private final LedgerLog ledgerLog;
    private final Clock clock;
    private final Map<Integer, String> stopped = new ConcurrentSkipListMap<>();

    PostgresIntakeGaps(DataSource dataSource, Clock clock, MeterRegistry meters) {
        this.dataSource = dataSource;
        this.ledgerLog = new PostgresLedgerLog(dataSource);
        this.clock = clock;
        Gauge.builder("gogogoapi.ledger.intake.stopped", stopped, Map::size)
                .description("Shards that stopped since the intake no longer has what they were to read next")
                .register(meters);
    }

    @Override
    public Optional<Start> startOf(ShardPosition position, long first, long end) throws SQLException {
        var shard = position.shard();
        var expected = position.nextOffset();
        var known = known(position);
        // A gap that was found stays one until it is passed, though the intake grows past it meanwhile; a passed one is
        // over.
        if (first <= expected
                && expected <= end
                && (known.isEmpty() || known.get().isPassed())) {
            stopped.remove(shard);
            return Optional.of(Start.at(expected));
        }
        var gap = "%s-%d has offsets %d to %d, and %d is to be read next"
                .formatted(Topics.LEDGER_INTAKE, shard, first, end, expected);
        note(position, first, end, known);
        var passing = known.filter(word -> !word.isPassed()).map(Known::acceptance);
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
        note(position, 0, 0, known(position));
    }

    @Override
    public void forget(int shard) {
        stopped.remove(shard);
    }

    /**
     * A gap that was found here before.
     *
     * @param acceptance the word of the operator who has accepted it; null if none has
     * @param isPassed whether the shard has gone on behind it by that word, which is good for once
     */
    private record Known(@Nullable GapAcceptance acceptance, boolean isPassed) {}

    private Optional<Known> known(ShardPosition position) throws SQLException {
        @Nullable GapAcceptance acceptance;
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(KNOWN)) {
            statement.setInt(1, position.shard());
            statement.setLong(2, position.nextOffset());
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                acceptance = row.getString("signature") == null ? null : acceptance(position, row);
            }
        }
        return Optional.of(new Known(acceptance, acceptance != null && isInLog(acceptance)));
    }

    private boolean isInLog(GapAcceptance acceptance) throws SQLException {
        return !ledgerLog
                .request(InstallationAccount.of(acceptance.shard()), acceptance.requestId())
                .isEmpty();
    }

    private void note(ShardPosition position, long first, long end, Optional<Known> known) throws SQLException {
        var over = known.filter(Known::isPassed).map(Known::acceptance);
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(over.isPresent() ? NOTE_ANOTHER : NOTE)) {
            if (over.isPresent()) {
                statement.setLong(1, first);
                statement.setLong(2, end);
                statement.setLong(3, clock.millis());
                statement.setInt(4, position.shard());
                statement.setLong(5, position.nextOffset());
                statement.setLong(6, over.get().at().toEpochMilli());
            } else {
                statement.setInt(1, position.shard());
                statement.setLong(2, position.nextOffset());
                statement.setLong(3, first);
                statement.setLong(4, end);
                statement.setLong(5, clock.millis());
            }
            statement.executeUpdate();
        }
    }

    private static GapAcceptance acceptance(ShardPosition position, ResultSet row) throws SQLException {
        var at = Instant.ofEpochMilli(row.getLong("accepted_at_millis"));
        return new GapAcceptance(
                position.shard(),
                position.nextOffset(),
                row.getString("accepted_by"),
                row.getString("reason"),
                at,
                new OrderSignature(row.getString("signing_key"), at, row.getString("signature")));
    }

    @Override
    public Health health() {
        return stopped.isEmpty()
                ? Health.up().build()
                : Health.down().withDetail("stopped", stopped).build();
    }
}
