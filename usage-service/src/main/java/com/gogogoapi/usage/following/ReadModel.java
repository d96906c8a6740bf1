package com.gogogoapi.usage.following;

import java.util.List;

/** Something that is made of the ledger's events alone, and so can be made again. */
public interface ReadModel {

    /**
     * Adds what these events say, of one shard and in order, within the caller's transaction: either all of it is there
     * afterwards together with the place of the last one, or nothing.
     *
     * @throws InconsistentEventException for an event that cannot follow on what came before
     */
    void take(List<Followed> events);

    /** Forgets everything, within the caller's transaction, since it is made anew. */
    void forget();
}
