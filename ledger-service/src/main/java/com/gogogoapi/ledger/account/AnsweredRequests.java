package com.gogogoapi.ledger.account;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The requests an account has answered for good, so that a repeat is recognised without a look into the log.
 *
 * <p>Bounded: beyond {@link #LIMIT} the oldest {@link #CHUNK} are forgotten, and what is forgotten raises a horizon.
 * Request ids are time-ordered, so an id later than every forgotten one is certainly new; only an id from before the
 * horizon (a very late repeat, or an id that is a name and carries no time) needs the log. Exactness does not depend on
 * the bound, only the cost of an answer does.
 *
 * <p>Immutable. Full chunks are shared between one state and the next, so one more id copies one chunk at most; all of it
 * is about 4 kB.
 */
public final class AnsweredRequests {

    /** The most ids that an account remembers. */
    public static final int LIMIT = 256;

    /** How many ids are kept, and forgotten, together. */
    static final int CHUNK = 32;

    static final AnsweredRequests NONE = new AnsweredRequests(new long[0][], new long[0], -1, -1);

    /** Full chunks, oldest first; of each id its high and its low half. */
    private final long[][] full;

    private final long[] newest;
    private final long forgottenUntilMillis;
    private final long latestMillis;

    /** What the memory knows of a request. */
    enum Recollection {
        ANSWERED,
        NEW,
        UNKNOWN
    }

    private AnsweredRequests(long[][] full, long[] newest, long forgottenUntilMillis, long latestMillis) {
        this.full = full;
        this.newest = newest;
        this.forgottenUntilMillis = forgottenUntilMillis;
        this.latestMillis = latestMillis;
    }

    /** @param remembered oldest first, as {@link #remembered()} gave them; of more than {@link #LIMIT} the last */
    public static AnsweredRequests of(List<UUID> remembered, long forgottenUntilMillis) {
        var answered = new AnsweredRequests(new long[0][], new long[0], forgottenUntilMillis, forgottenUntilMillis);
        for (var id : remembered) {
            answered = answered.plus(id);
        }
        return answered;
    }

    /** The remembered ids, oldest first. */
    public List<UUID> remembered() {
        var ids = new ArrayList<UUID>(LIMIT);
        for (var chunk : full) {
            addTo(ids, chunk);
        }
        addTo(ids, newest);
        return ids;
    }

    /** The latest time that a forgotten id carries; -1 while nothing is forgotten. */
    public long forgottenUntilMillis() {
        return forgottenUntilMillis;
    }

    Recollection recall(UUID requestId) {
        var time = timeOf(requestId);
        // Nearly always: the request is younger than all that were answered.
        if (time > latestMillis) {
            return Recollection.NEW;
        }
        if (contains(newest, requestId)) {
            return Recollection.ANSWERED;
        }
        for (var i = full.length - 1; i >= 0; i--) {
            if (contains(full[i], requestId)) {
                return Recollection.ANSWERED;
            }
        }
        return forgottenUntilMillis < 0 || time > forgottenUntilMillis ? Recollection.NEW : Recollection.UNKNOWN;
    }

    AnsweredRequests plus(UUID requestId) {
        var latest = Math.max(latestMillis, timeOf(requestId));
        if (newest.length < 2 * CHUNK) {
            return new AnsweredRequests(full, append(newest, requestId), forgottenUntilMillis, latest);
        }
        var forget = (full.length + 1) * CHUNK >= LIMIT;
        var kept = Arrays.copyOfRange(full, forget ? 1 : 0, full.length + 1);
        kept[kept.length - 1] = newest;
        return new AnsweredRequests(
                kept,
                append(new long[0], requestId),
                forget ? Math.max(forgottenUntilMillis, latestOf(full[0])) : forgottenUntilMillis,
                latest);
    }

    private static long[] append(long[] chunk, UUID id) {
        var longer = Arrays.copyOf(chunk, chunk.length + 2);
        longer[chunk.length] = id.getMostSignificantBits();
        longer[chunk.length + 1] = id.getLeastSignificantBits();
        return longer;
    }

    private static boolean contains(long[] chunk, UUID id) {
        for (var i = 0; i < chunk.length; i += 2) {
            if (chunk[i] == id.getMostSignificantBits() && chunk[i + 1] == id.getLeastSignificantBits()) {
                return true;
            }
        }
        return false;
    }

    private static void addTo(List<UUID> ids, long[] chunk) {
        for (var i = 0; i < chunk.length; i += 2) {
            ids.add(new UUID(chunk[i], chunk[i + 1]));
        }
    }

    private static long latestOf(long[] chunk) {
        var latest = 0L;
        for (var i = 0; i < chunk.length; i += 2) {
            latest = Math.max(latest, timeOf(new UUID(chunk[i], chunk[i + 1])));
        }
        return latest;
    }

    /** The millisecond that a version 7 id carries; 0 for any other id, which is thus never surely new. */
    private static long timeOf(UUID requestId) {
        return requestId.version() == 7 ? requestId.getMostSignificantBits() >>> 16 : 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AnsweredRequests that
                && forgottenUntilMillis == that.forgottenUntilMillis
                && Arrays.deepEquals(full, that.full)
                && Arrays.equals(newest, that.newest);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(newest) + Long.hashCode(forgottenUntilMillis);
    }

    @Override
    public String toString() {
        return remembered() + ", forgotten until " + forgottenUntilMillis;
    }
}
