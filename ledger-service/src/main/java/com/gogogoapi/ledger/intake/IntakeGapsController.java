package com.gogogoapi.ledger.intake;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.ledger.order.OrderSignature;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
import com.gogogoapi.ledger.trust.GapAcceptance;
import com.gogogoapi.ledger.trust.ShardTrust;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The gaps of the intake, and an operator's word that a shard is to go on behind one. */
@RestController
class IntakeGapsController {

    private static final int MAX_ROWS = 1_000;

    private final JdbcClient jdbc;
    private final LedgerLog ledgerLog;

    IntakeGapsController(JdbcClient jdbc, DataSource dataSource) {
        this.jdbc = jdbc;
        this.ledgerLog = new PostgresLedgerLog(dataSource);
    }

    record Gaps(List<Gap> data) {}

    record Gap(
            int shard,
            @JsonProperty("expected_offset") long expectedOffset,
            @JsonProperty("first_offset") long firstOffset,
            @JsonProperty("end_offset") long endOffset,
            @JsonProperty("found_at") Instant foundAt,
            @JsonProperty("accepted_by") @Nullable String acceptedBy,
            @Nullable String reason,
            @JsonProperty("accepted_at") @Nullable Instant acceptedAt) {

        static Gap of(ResultSet row) throws SQLException {
            var acceptedAt = row.getObject(8, Long.class);
            return new Gap(
                    row.getInt(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    Instant.ofEpochMilli(row.getLong(5)),
                    row.getString(6),
                    row.getString(7),
                    acceptedAt == null ? null : Instant.ofEpochMilli(acceptedAt));
        }
    }

    /**
     * @param expectedOffset which gap is meant: that of the offset that the shard was to read next
     * @param at when it was accepted, by whoever signed it
     */
    record Acceptance(
            @JsonProperty("expected_offset") long expectedOffset,
            @JsonProperty("accepted_by") String acceptedBy,
            String reason,
            @Nullable Instant at,
            @Nullable OrderSignature signature) {}

    /** The newest first, at most {@value #MAX_ROWS}. */
    @GetMapping("/internal/intake-gaps")
    Gaps gaps() {
        return new Gaps(jdbc.sql("""
                        select shard, expected_offset, first_offset, end_offset, found_at_millis, accepted_by, reason,
                               accepted_at_millis
                          from ledger_intake_gap order by found_at_millis desc, shard limit ?""")
                .param(MAX_ROWS)
                .query((row, number) -> Gap.of(row))
                .list());
    }

    /**
     * Accepts a gap, for once; within seconds the shard goes on from the first offset that the intake has. Parked
     * records are moved below zero, where no offset is: they can still be resumed.
     */
    @Transactional
    @PostMapping("/internal/intake-gaps/{shard}")
    public Gap accept(@PathVariable int shard, @RequestBody Acceptance acceptance) {
        var at = acceptance.at();
        var signature = acceptance.signature();
        if (at == null || signature == null) {
            throw ApiError.invalidRequest("signature", "signature and at must be given: who accepts a gap signs it.");
        }
        if (!at.equals(signature.at()) || !at.equals(Instant.ofEpochMilli(at.toEpochMilli()))) {
            throw ApiError.invalidRequest("at", "at must be when it was signed, in whole milliseconds.");
        }
        requireSigned(new GapAcceptance(
                shard, acceptance.expectedOffset(), acceptance.acceptedBy(), acceptance.reason(), at, signature));
        var accepted = jdbc.sql("""
                        update ledger_intake_gap set accepted_by = ?, reason = ?, accepted_at_millis = ?, signing_key = ?,
                               signature = ?
                         where source = (select max(number) from ledger_intake_source)
                           and shard = ? and expected_offset = ? and signature is null
                           and exists (select 1 from ledger_shard s
                                        where s.shard = ledger_intake_gap.shard and s.next_offset = expected_offset)
                        returning shard, expected_offset, first_offset, end_offset, found_at_millis, accepted_by, reason,
                                  accepted_at_millis""")
                .params(
                        acceptance.acceptedBy(),
                        acceptance.reason(),
                        at.toEpochMilli(),
                        signature.key(),
                        signature.value(),
                        shard,
                        acceptance.expectedOffset())
                .query((row, number) -> Gap.of(row))
                .optional()
                .orElseThrow(() -> ApiError.notFound("There is no such gap that is still to be accepted."));
        // Whatever the intake has lost by the time the shard goes on, no offset of it can be that of a parked record
        // then.
        IntakeSource.moveParkedBelowZero(jdbc, List.of(shard));
        return accepted;
    }

    /** Here once more, and by the shard itself before it goes on: whoever asks is told at once. */
    private void requireSigned(GapAcceptance gap) {
        try {
            var fault = gap.fault(ShardTrust.of(ledgerLog, gap.shard()));
            if (fault != null) {
                throw ApiError.invalidRequest("signature", fault);
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("Whom the shard trusts could not be read.", e);
        }
    }
}
