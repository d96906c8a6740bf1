package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.ledger.log.IntakeRecord;
import com.gogogoapi.ledger.log.ParkedEnd;
import com.gogogoapi.ledger.log.ParkedRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What one batch parks and lets go on; it becomes the truth when the batch is in the log.
 *
 * <p>Of a parked account every record is kept, with two exceptions, so that it cannot grow without bound: that a hold
 * or a grant is over is announced again and again until it has ended, and is not kept; and beyond {@link #MAX_PARKED} a
 * request for a hold is not kept, for which nothing was held and whose asker has given up waiting.
 */
final class Parking {

    /** From how many parked records of one account on no requests for holds are kept. */
    static final int MAX_PARKED = 10_000;

    private final ParkedAccounts before;
    private final Map<String, Count> counts = new HashMap<>();
    private final List<ParkedRecord> parked = new ArrayList<>();
    private final List<ParkedEnd> ended = new ArrayList<>();

    private record Count(int shard, int parked) {}

    Parking(ParkedAccounts before) {
        this.before = before;
    }

    int parkedOf(int shard, String accountId) {
        var count = counts.get(accountId);
        return count == null ? before.parkedOf(shard, accountId) : count.parked();
    }

    /** @return whether it is kept */
    boolean park(IntakeRecord record, String why) {
        var already = parkedOf(record.shard(), record.accountId());
        var type = EventType.named(record.type()).orElse(null);
        if (((type == EventType.HOLD_EXPIRY_DUE || type == EventType.GRANT_EXPIRY_DUE) && already > 0)
                || (type == EventType.QUOTE_REQUESTED && already >= MAX_PARKED)) {
            return false;
        }
        parked.add(new ParkedRecord(record, why));
        counts.put(record.accountId(), new Count(record.shard(), already + 1));
        return true;
    }

    void end(ParkedRecord record, ParkedEnd.Kind kind, String by, String reason, long atMillis) {
        var origin = record.record();
        ended.add(new ParkedEnd(origin.shard(), origin.offset(), kind, by, reason, atMillis));
        if (kind != ParkedEnd.Kind.PARKED) {
            var left = parkedOf(origin.shard(), origin.accountId()) - 1;
            counts.put(origin.accountId(), new Count(origin.shard(), left));
        }
    }

    boolean isEmpty() {
        return parked.isEmpty() && ended.isEmpty();
    }

    List<ParkedRecord> parkedIn(int shard) {
        return parked.isEmpty()
                ? List.of()
                : filtered(parked, row -> row.record().shard() == shard);
    }

    List<ParkedEnd> endedIn(int shard) {
        return ended.isEmpty() ? List.of() : filtered(ended, end -> end.shard() == shard);
    }

    private static <R> List<R> filtered(List<R> rows, Predicate<R> wanted) {
        return rows.stream().filter(wanted).toList();
    }

    /** Makes it the truth for the shards that were appended. */
    void applyOutcome(Predicate<Integer> appended) {
        counts.forEach((accountId, count) -> {
            if (appended.test(count.shard())) {
                before.set(count.shard(), accountId, count.parked());
            }
        });
    }
}
