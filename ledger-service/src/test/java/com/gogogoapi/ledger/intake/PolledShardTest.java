package com.gogogoapi.ledger.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.ledger.log.IntakeRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolledShardTest {

    private static final int SHARD = 3;

    private static IntakeRecord record(long offset, EventType type) {
        return new IntakeRecord(
                SHARD, offset, "acct_a", type.wireName(), new byte[0], TimeOrderedIds.next(), null, null, 0, null);
    }

    private static final PolledShard POLLED = new PolledShard(
            SHARD,
            20,
            3,
            List.of(
                    record(10, EventType.GRANT_REQUESTED),
                    record(12, EventType.PARKED_RESUME_REQUESTED),
                    record(13, EventType.QUOTE_REQUESTED),
                    record(15, EventType.PARKED_RESUME_REQUESTED)));

    @Test
    void aRequestToResumeBeginsAPiece() {
        assertThat(POLLED.holdsResumeRequest()).isTrue();
        assertThat(POLLED.cutAtResumeRequests())
                .containsExactly(
                        new PolledShard(SHARD, 12, 3, POLLED.records().subList(0, 1)),
                        new PolledShard(SHARD, 15, 3, POLLED.records().subList(1, 3)),
                        new PolledShard(SHARD, 20, 3, POLLED.records().subList(3, 4)));
    }

    @Test
    void oneByOneCoversTheWholeIntake() {
        assertThat(POLLED.oneByOne()).extracting(PolledShard::nextOffset).containsExactly(12L, 13L, 15L, 20L);
    }

    /** A poll may bring nothing but what is set aside: the shard moves on all the same. */
    @Test
    void aPollOfNothingThatCountsIsOnePiece() {
        var nothing = new PolledShard(SHARD, 5, 3, List.of());
        assertThat(nothing.holdsResumeRequest()).isFalse();
        assertThat(nothing.cutAtResumeRequests()).containsExactly(nothing);
        assertThat(nothing.oneByOne()).containsExactly(nothing);
    }
}
