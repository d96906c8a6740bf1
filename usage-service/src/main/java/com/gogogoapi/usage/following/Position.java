package com.gogogoapi.usage.following;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a shard is read.
 *
 * @param generation one more with every rebuild
 * @param sequence the last event that is in the tables; 0 before the first
 * @param at when that event was decided
 * @param nextOffset where reading goes on: of what was held back, the first
 * @param rebuildUntil what had been reached before a rebuild that has not got there yet
 * @param conflict why it is read no further, where that could not be found again by reading on; null for nothing
 */
public record Position(
        int shard,
        long generation,
        long sequence,
        @Nullable Instant at,
        long nextOffset,
        @Nullable Long rebuildUntil,
        @Nullable String conflict) {

    static Position beginning(int shard) {
        return new Position(shard, 1, 0, null, 0, null, null);
    }

    public boolean isRebuilding() {
        return rebuildUntil != null;
    }
}
