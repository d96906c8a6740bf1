package com.gogogoapi.proxy.idempotency;

import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the store knows of a key.
 *
 * @param isExpired whether the key may be used anew
 * @param isOwned whether somebody runs it who was heard of lately
 * @param version of its last change
 * @param era the last attempt's
 * @param attempt the last one that the ledger was to be asked for, 0 before there is any; those before it in its era ended free
 * @param requestId the ledger's, of what was sent upstream; null before
 * @param shownId the {@code x-request-id} of its answer; null before
 * @param answer null where none is kept
 */
@SuppressWarnings("ArrayRecordComponent") // compared by hand
record KeyRow(
        byte[] fingerprint,
        State state,
        boolean isExpired,
        boolean isOwned,
        long version,
        long era,
        int attempt,
        @Nullable UUID requestId,
        @Nullable UUID shownId,
        @Nullable KeptAnswer answer) {

    /** How far the last attempt is. */
    enum State {
        /** It is being held for; nothing was sent upstream. Where nobody owns it the ledger may or may not hear of it yet. */
        RUNNING,
        /** It was sent upstream, or is just going to be: from here on it may be charged. */
        SENT,
        /** It ended so that it is not run again. */
        ANSWERED,
        /** It ended free, or was never asked for: a repeat runs anew, whatever its body. */
        FREE
    }

    /** What becomes of a request that comes with a key. */
    sealed interface Verdict {
        /** It is run, if nobody else is quicker. */
        record Run() implements Verdict {}

        record Mismatch() implements Verdict {}

        record Replay(KeptAnswer answer, UUID shownId) implements Verdict {}

        /** It was charged, and its answer is too large, or was lost. */
        record NotKept(UUID shownId) implements Verdict {}

        /** Somebody runs it. */
        record Wait() implements Verdict {}

        /** Whoever ran it is not heard of any more, and the ledger alone can say what became of it. */
        record Orphaned(UUID requestId, UUID shownId) implements Verdict {}
    }

    /** @param row null where the key is unknown */
    static Verdict verdict(@Nullable KeyRow row, byte[] fingerprint) {
        if (row == null || row.isExpired && !row.isOwned || row.state == State.FREE) {
            return new Verdict.Run();
        }
        if (!Arrays.equals(row.fingerprint, fingerprint)) {
            return new Verdict.Mismatch();
        }
        if (row.state == State.ANSWERED) {
            var shown = known(row.shownId);
            return row.answer == null ? new Verdict.NotKept(shown) : new Verdict.Replay(row.answer, shown);
        }
        if (row.isOwned) {
            return new Verdict.Wait();
        }
        return row.state == State.SENT
                ? new Verdict.Orphaned(known(row.requestId), known(row.shownId))
                : new Verdict.Run();
    }

    private static UUID known(@Nullable UUID id) {
        if (id == null) {
            throw new IllegalStateException("What was sent must have its request's id.");
        }
        return id;
    }

    /** Whether an attempt of that number was never sent, or ended free, though the ledger may say otherwise yet. */
    boolean knowsFree(long inEra, int number) {
        return wasNeverSent(inEra, number) || state == State.FREE && era == inEra && attempt == number;
    }

    /** Whether nobody will end the hold of an attempt of that number. */
    boolean wasNeverSent(long inEra, int number) {
        return state == State.RUNNING && era == inEra && attempt == number;
    }
}
