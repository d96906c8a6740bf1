package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.ledger.log.IntakeRecord;
import java.util.List;

/**
 * What one poll brought for one shard.
 *
 * @param nextOffset where its intake stands after
 * @param records in the order of the intake
 */
public record ShardIntake(int shard, long nextOffset, List<IntakeRecord> records) {}
