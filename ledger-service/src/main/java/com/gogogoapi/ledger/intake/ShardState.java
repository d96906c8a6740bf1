package com.gogogoapi.ledger.intake;

import java.util.EnumSet;
import java.util.Set;

/**
 * How a worker stands to a shard, and what can come of that; anything else is a defect.
 *
 * <pre>
 * GIVEN_UP ──▶ ASSIGNED ──▶ OPEN ◀──▶ CLOSED ◀──▶ STOPPED
 *                 └────────────────────────────────▶
 *
 * ASSIGNED, OPEN, CLOSED, STOPPED ──▶ GIVEN_UP
 * </pre>
 */
enum ShardState {

    /** Another worker's, or nobody's. */
    GIVEN_UP,

    /** Kafka's word that it is ours. Paused: where it stands is not known yet. */
    ASSIGNED,

    /** It is read, decided and appended to, from the position that the database had. */
    OPEN,

    /** Still ours, but no longer surely where it was believed to stand. Paused, to be opened anew. */
    CLOSED,

    /** Ours, but the intake no longer has what is to be read next. Paused until an operator accepts that. */
    STOPPED;

    /** The states that this one can follow. */
    private Set<ShardState> follows() {
        return switch (this) {
            case GIVEN_UP -> EnumSet.of(ASSIGNED, OPEN, CLOSED, STOPPED);
            case ASSIGNED -> EnumSet.of(GIVEN_UP);
            case OPEN -> EnumSet.of(ASSIGNED, CLOSED);
            // Once more: of one poll, a shard can be fenced and another's failure close them all.
            case CLOSED -> EnumSet.of(OPEN, CLOSED, STOPPED);
            case STOPPED -> EnumSet.of(ASSIGNED, CLOSED);
        };
    }

    /** @throws IllegalStateException if it cannot follow this one */
    ShardState become(ShardState next, int shard) {
        if (!next.follows().contains(this)) {
            throw new IllegalStateException(
                    "Shard %d must be one of %s to become %s; it is %s.".formatted(shard, next.follows(), next, this));
        }
        return next;
    }

    /** Whether it is ours and waits to be opened. */
    boolean isToBeOpened() {
        return this == ASSIGNED || this == CLOSED;
    }
}
