package com.gogogoapi.ledger.log;

import java.util.Arrays;

/**
 * How far a shard has come: the three facts that move together.
 *
 * @param lastPos the position of the last event of its log; 0 for none
 * @param nextOffset the first offset of its intake that is not in the log yet
 * @param hashHead the head of its hash chain, 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by isAt, never by equals.
public record ShardPosition(int shard, long lastPos, long nextOffset, byte[] hashHead) {

    /** Whether all of it is the same. */
    public boolean isAt(ShardPosition other) {
        return shard == other.shard
                && lastPos == other.lastPos
                && nextOffset == other.nextOffset
                && Arrays.equals(hashHead, other.hashHead);
    }
}
