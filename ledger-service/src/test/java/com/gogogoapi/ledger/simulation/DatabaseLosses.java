package com.gogogoapi.ledger.simulation;

import com.gogogoapi.ledger.log.ShardPosition;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the database loses: snapshots, which it may, and commits, which only a defective one does. */
final class DatabaseLosses {

    private final SimulatedDatabase database;
    private final int shards;
    private final Chance chance;
    private final Faults faults;
    private final Set<Defect> defects;
    private final Map<Integer, ShardPosition> checkpointed = new TreeMap<>();

    DatabaseLosses(SimulatedDatabase database, int shards, Chance chance, Faults faults, Set<Defect> defects) {
        this.database = database;
        this.shards = shards;
        this.chance = chance;
        this.faults = faults;
        this.defects = defects;
    }

    void loseSnapshots() {
        database.snapshots.keySet().removeIf(account -> {
            var lost = chance.oneIn(2);
            faults.lostSnapshots += lost ? 1 : 0;
            return lost;
        });
    }

    /** It comes back from the dead without its last commit. */
    void loseCommits() {
        if (!defects.contains(Defect.LOST_COMMITS)) {
            return;
        }
        for (var shard = 0; shard < shards; shard++) {
            var before = checkpointed.get(shard);
            if (before != null) {
                database.loseLastCommit(shard, before);
            }
            checkpointed.put(shard, database.position(shard));
        }
    }
}
