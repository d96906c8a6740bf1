package com.gogogoapi.auditor.verify;

import com.gogogoapi.auditor.source.LogSource;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.intake.TransferSide;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.evidence.log.LogRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That whatever arrived at an account had left another one, once and the same, whatever their shards. What left and has not
 * arrived yet is under way: told, and no finding. Memory holds the ends whose other end has not been read, of which there are
 * as many as operators order transfers.
 */
final class Transfers {

    /** What both ends must agree on, and where this one is. */
    private record End(
            int shard,
            long pos,
            TransferSide side,
            AccountId account,
            UUID request,
            AccountId counterpart,
            UUID counterpartRequest,
            Usd amount,
            String reference) {

        static End of(int shard, long pos, CreditTransferred event) {
            return new End(
                    shard,
                    pos,
                    event.side(),
                    event.accountId(),
                    event.requestId(),
                    event.counterpart(),
                    event.counterpartRequestId(),
                    event.amountUsd(),
                    event.reference());
        }

        boolean isOtherEndOf(End other) {
            return side != other.side
                    && account.equals(other.counterpart)
                    && request.equals(other.counterpartRequest)
                    && counterpart.equals(other.account)
                    && counterpartRequest.equals(other.request)
                    && amount.equals(other.amount)
                    && reference.equals(other.reference);
        }
    }

    private final Map<UUID, End> alone = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    synchronized void add(LogRow row, CreditTransferred event) {
        var end = End.of(row.shard(), row.pos(), event);
        var other = alone.remove(event.transferId());
        if (other == null) {
            alone.put(event.transferId(), end);
        } else if (!end.isOtherEndOf(other)) {
            findings.add(Finding.at(
                    end.shard,
                    end.pos,
                    "both ends of a transfer must say the same, and the other one, at shard " + other.shard
                            + ", sequence " + other.pos + ", does not"));
        }
    }

    /** What is wrong, once all events were added. */
    synchronized List<Finding> findings(LogSource log) {
        var all = new ArrayList<>(findings);
        for (var end : alone.values()) {
            if (end.side == TransferSide.IN && !leftMeanwhile(log, end)) {
                all.add(Finding.at(
                        end.shard,
                        end.pos,
                        "what arrives of a transfer must have left account " + end.counterpart
                                + " before, and did not"));
            }
        }
        return all;
    }

    /** Of a ledger that goes on, one shard was read to its end before another was, and a transfer can lie in between. */
    private static boolean leftMeanwhile(LogSource log, End in) {
        try (var rows = log.account(in.counterpart.value())) {
            for (var row = rows.next(); row != null; row = rows.next()) {
                if (transferOf(row) instanceof CreditTransferred out
                        && End.of(row.shard(), row.pos(), out).isOtherEndOf(in)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static @Nullable CreditTransferred transferOf(LogRow row) {
        try {
            return RowRules.eventOf(row) instanceof CreditTransferred transfer ? transfer : null;
        } catch (Discrepancy e) {
            // A finding of its own shard.
            return null;
        }
    }

    /** How many left an account and have not arrived. */
    synchronized long underWay() {
        return alone.values().stream()
                .filter(end -> end.side == TransferSide.OUT)
                .count();
    }
}
