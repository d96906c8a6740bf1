package com.gogogoapi.usage.alerts;

import com.gogogoapi.usage.following.Followed;
import java.util.List;

/** Looks at the ledger's events for something to tell. */
interface EventWatch {

    /** Events of one shard in order, each for the first time, within the caller's transaction. */
    void look(List<Followed> events);
}
