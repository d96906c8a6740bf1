package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The command: decide one intake record.
 *
 * @param accountId whose
 * @param intake what is asked; null for what comes by no record, as an accepted gap of the intake does
 * @param shard the partition it came by
 * @param causationId its {@code ce_id}
 * @param replyPartition where on {@code credit-decisions} the answer is awaited, if anybody waits
 * @param at the broker's time of it
 * @param history as {@link com.gogogoapi.ledger.account.CreditDecisions#decide} wants it
 */
public record Decide(
        String accountId,
        @Nullable LedgerIntake intake,
        int shard,
        UUID causationId,
        @Nullable String traceParent,
        @Nullable Integer replyPartition,
        Instant at,
        @Nullable List<LedgerEvent> history) {

    public Decide with(List<LedgerEvent> itsHistory) {
        return new Decide(accountId, intake, shard, causationId, traceParent, replyPartition, at, itsHistory);
    }
}
