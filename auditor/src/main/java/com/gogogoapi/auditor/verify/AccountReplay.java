package com.gogogoapi.auditor.verify;

import com.gogogoapi.auditor.source.LogSource;
import com.gogogoapi.evidence.log.LogRow;
import com.gogogoapi.evidence.state.CanonicalState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One account replayed up to a point: after its event of a number, or after its last event that was decided no later than
 * an instant.
 */
public final class AccountReplay {

    /** As of when. */
    public record Until(@Nullable Instant at, long sequence) {

        public static final Until NOW = new Until(null, Long.MAX_VALUE);
    }

    /**
     * What the account was then.
     *
     * @param latest its last events until then, newest first
     */
    public record Replayed(CanonicalState state, List<LogRow> latest) {}

    private AccountReplay() {}

    /**
     * Replays it; none if it had no event by then.
     *
     * @throws IllegalStateException if the events are not such as can follow each other
     */
    public static Optional<Replayed> of(LogSource log, String accountId, Until until, int keep) {
        // The last event before the instant counts, even should a clock have gone back before it.
        var last = until.at == null ? until.sequence : Math.min(until.sequence, sequenceAt(log, accountId, until.at));
        var account = new AuditedAccount(accountId);
        Deque<LogRow> latest = new ArrayDeque<>();
        try (var rows = log.account(accountId)) {
            for (var row = rows.next(); row != null && row.seq() <= last; row = rows.next()) {
                account.apply(row.seq(), RowRules.eventOf(row));
                latest.addFirst(row);
                if (latest.size() > keep) {
                    latest.removeLast();
                }
            }
        } catch (Discrepancy e) {
            throw new IllegalStateException(
                    "Event " + account.sequence() + " of " + accountId + ": " + e.what() + ".", e);
        }
        return account.sequence() < 0
                ? Optional.empty()
                : Optional.of(new Replayed(account.state(), List.copyOf(latest)));
    }

    private static long sequenceAt(LogSource log, String accountId, Instant at) {
        var found = -1L;
        try (var rows = log.account(accountId)) {
            for (var row = rows.next(); row != null; row = rows.next()) {
                if (row.atMillis() <= at.toEpochMilli()) {
                    found = row.seq();
                }
            }
        }
        return found;
    }
}
