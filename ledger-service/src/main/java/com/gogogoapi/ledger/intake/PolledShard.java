package com.gogogoapi.ledger.intake;

import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.ledger.aggregate.ShardIntake;
import com.gogogoapi.ledger.log.IntakeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What one poll brought for one shard.
 *
 * @param nextOffset where the shard's intake stands after it
 * @param leaderEpoch Kafka's, of the last record, which is that of the ones before or later
 * @param records those that say whose they are, in the order of the intake; may be none
 */
record PolledShard(int shard, long nextOffset, int leaderEpoch, List<IntakeRecord> records) {

    ShardIntake intake() {
        return new ShardIntake(shard, nextOffset, leaderEpoch, records);
    }

    boolean holdsResumeRequest() {
        return records.stream().anyMatch(PolledShard::isResumeRequest);
    }

    /**
     * Cut so that a request to resume a parked account is the first of its piece: what was parked before it is in the
     * log then, and it makes no difference which records one poll happened to bring together.
     */
    List<PolledShard> cutAtResumeRequests() {
        return cut(PolledShard::isResumeRequest);
    }

    List<PolledShard> oneByOne() {
        return cut(record -> true);
    }

    private List<PolledShard> cut(Predicate<IntakeRecord> before) {
        var pieces = new ArrayList<PolledShard>();
        var from = 0;
        for (var i = 1; i < records.size(); i++) {
            if (before.test(records.get(i))) {
                pieces.add(new PolledShard(shard, records.get(i).offset(), leaderEpoch, records.subList(from, i)));
                from = i;
            }
        }
        pieces.add(new PolledShard(shard, nextOffset, leaderEpoch, records.subList(from, records.size())));
        return pieces;
    }

    private static boolean isResumeRequest(IntakeRecord record) {
        return EventType.PARKED_RESUME_REQUESTED.wireName().equals(record.type());
    }
}
