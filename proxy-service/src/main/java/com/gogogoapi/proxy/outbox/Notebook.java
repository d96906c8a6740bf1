package com.gogogoapi.proxy.outbox;

import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import java.util.Collection;
import java.util.UUID;

/** Where it is noted how requests that run would have ended if this instance died now. */
public interface Notebook {

    /**
     * Notes these; others publish them if they do not hear of them again for a while.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not take it
     */
    void note(Collection<UpstreamCompleted> running);

    /**
     * These have ended, and their ends are durable: what was noted of them is of no use any more.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not take it
     */
    void removeNotes(Collection<UUID> requests);
}
