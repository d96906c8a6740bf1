package com.gogogoapi.usage.live;

import com.gogogoapi.usage.following.Followed;

/** What a stream tells. */
sealed interface Told {

    /**
     * It has begun: whatever comes after this event of the shard is told.
     *
     * @param sequence 0 before the shard's first event
     */
    record Ready(int shard, long sequence) implements Told {}

    /** Something happened that is not told: whoever follows has to ask anew. What comes after this event is told again. */
    record Resync(int shard, long sequence) implements Told {}

    /** The ledger decided something. */
    record Decided(Followed followed) implements Told {}
}
