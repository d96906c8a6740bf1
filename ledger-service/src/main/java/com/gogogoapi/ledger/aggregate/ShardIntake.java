package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.ledger.log.IntakeRecord;
import com.gogogoapi.ledger.log.ShardPosition;
import java.util.List;

/**
 * What one poll brought for one shard.
 *
 * @param nextOffset where its intake stands after
 * @param leaderEpoch Kafka's, of the record before that; {@link ShardPosition#NO_EPOCH} if it is not known
 * @param records in the order of the intake
 */
public record ShardIntake(int shard, long nextOffset, int leaderEpoch, List<IntakeRecord> records) {}
