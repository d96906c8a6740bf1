package com.gogogoapi.ledger.log;

import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import java.util.List;
import java.util.UUID;

/**
 * The identity of a ledger event: its request and the step of the request's life that it is.
 *
 * <p>A request is answered at most once (granted, reserved or refused), ended at most once (settled or released) and
 * settled late at most once. Since identities are unique in the log, the database itself refuses a second charge, and a
 * request's events are found by identity without an index of their own. Derived from the time-ordered request id, they
 * are appended to the index nearly in order.
 */
public final class EventIds {

    private static final long ANSWER = 1;
    private static final long END = 2;
    private static final long LATE_SETTLEMENT = 3;

    private EventIds() {}

    public static UUID of(LedgerEvent event) {
        return switch (event) {
            case CreditGranted granted -> step(granted.requestId(), ANSWER);
            case CreditReserved reserved -> step(reserved.requestId(), ANSWER);
            case CreditRefused refused -> step(refused.requestId(), ANSWER);
            case CreditReleased released -> step(released.requestId(), END);
            case CreditSettled settled -> step(settled.requestId(), settled.late() ? LATE_SETTLEMENT : END);
        };
    }

    /** All identities that events of this request can have, in the order in which they happen. */
    public static List<UUID> ofRequest(UUID requestId) {
        return List.of(step(requestId, ANSWER), step(requestId, END), step(requestId, LATE_SETTLEMENT));
    }

    /** A request among whose identities, as {@link #ofRequest} lists them, this one is; not always the event's own request. */
    public static UUID requestListing(UUID eventId) {
        return step(eventId, ANSWER);
    }

    private static UUID step(UUID requestId, long step) {
        return new UUID(requestId.getMostSignificantBits(), requestId.getLeastSignificantBits() ^ step);
    }
}
