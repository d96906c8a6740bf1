package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.ledger.log.IntakeRecord;
import com.gogogoapi.ledger.log.ShardPosition;
import java.util.List;

/**
 * What one poll brought for one shard.
 *
 * @param from where the shard stood before
 * @param nextOffset where its intake stands after
 * @param records in the order of the intake
 */
public record ShardIntake(ShardPosition from, long nextOffset, List<IntakeRecord> records) {}
