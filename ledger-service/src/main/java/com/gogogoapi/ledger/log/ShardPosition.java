package com.gogogoapi.ledger.log;

import java.util.Arrays;

/**
 * How far a shard has come: the facts that move together.
 *
 * @param lastPos the position of the last event of its log; 0 for none
 * @param nextOffset the first offset of its intake that is not in the log yet
 * @param leaderEpoch Kafka's leader epoch by the record before it, by which Kafka can say whether its log still leads there;
 *     {@value #NO_EPOCH} where that is not known, as before anything was read
 * @param hashHead the head of its hash chain, 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by isAt, never by equals.
public record ShardPosition(int shard, long lastPos, long nextOffset, int leaderEpoch, byte[] hashHead) {

    /** As Kafka has it. */
    public static final int NO_EPOCH = -1;

    /** Whether all of it is the same. */
    public boolean isAt(ShardPosition other) {
        return shard == other.shard
                && lastPos == other.lastPos
                && nextOffset == other.nextOffset
                && Arrays.equals(hashHead, other.hashHead);
    }
}
