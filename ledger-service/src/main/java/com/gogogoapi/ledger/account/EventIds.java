package com.gogogoapi.ledger.account;

import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * The identity of a ledger event: its request and the step of the request's life that it is.
 *
 * <p>A request is answered at most once (granted, revoked, transferred, reserved or refused), ended at most once (settled or released) and
 * settled late at most once; a grant expires at most once in each of its parts. Since identities are unique in the log, the
 * database itself refuses a second charge, and a request's events are found by identity without an index of their own.
 * Derived from the time-ordered request id, they are appended to the index nearly in order.
 */
public final class EventIds {

    private static final long ANSWER = 1;
    private static final long END = 2;
    private static final long LATE_SETTLEMENT = 3;

    /** A grant's parts follow the steps of a request; all steps together are the last four bits. */
    private static final long LAST_STEP = LATE_SETTLEMENT + CreditExpired.MAX_PARTS;

    private EventIds() {}

    public static UUID of(LedgerEvent event) {
        return switch (event) {
            case CreditGranted granted -> step(granted.requestId(), ANSWER);
            case CreditReserved reserved -> step(reserved.requestId(), ANSWER);
            case CreditRefused refused -> step(refused.requestId(), ANSWER);
            case CreditRevoked revoked -> step(revoked.requestId(), ANSWER);
            case CreditTransferred transferred -> step(transferred.requestId(), ANSWER);
            case CreditReleased released -> step(released.requestId(), END);
            case CreditSettled settled -> step(settled.requestId(), settled.late() ? LATE_SETTLEMENT : END);
            case CreditExpired expired -> step(expired.requestId(), LATE_SETTLEMENT + expired.part());
            case ParkedAccountResumed resumed -> step(resumed.requestId(), ANSWER);
            case InstallationEvent done -> step(done.requestId(), ANSWER);
        };
    }

    /** All identities that events of this request can have, in the order in which they happen. */
    public static List<UUID> ofRequest(UUID requestId) {
        return LongStream.rangeClosed(ANSWER, LAST_STEP)
                .mapToObj(step -> step(requestId, step))
                .toList();
    }

    /** A request among whose identities, as {@link #ofRequest} lists them, this one is; not always the event's own request. */
    public static UUID requestListing(UUID eventId) {
        return step(eventId, ANSWER);
    }

    /** Whose answer this event is, if it is an answer; otherwise an id that no request has. */
    public static UUID requestAnsweredBy(UUID eventId) {
        return step(eventId, ANSWER);
    }

    private static UUID step(UUID requestId, long step) {
        return new UUID(requestId.getMostSignificantBits(), requestId.getLeastSignificantBits() ^ step);
    }
}
