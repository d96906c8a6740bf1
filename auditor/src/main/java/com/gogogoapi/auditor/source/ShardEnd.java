package com.gogogoapi.auditor.source;

/**
 * Where a shard's row says that its log ends.
 *
 * @param perEventAfter the chain's mark, as of {@link com.gogogoapi.evidence.log.Chain}: beyond any event where the source
 *     knows of no mark
 */
@SuppressWarnings("ArrayRecordComponent") // compared with Arrays.equals where it is recomputed
public record ShardEnd(long lastPos, byte[] head, long perEventAfter) {

    /** Where every link is of one batch, as all once were. */
    public static final long NEVER = Long.MAX_VALUE;
}
