package com.gogogoapi.ledger.simulation;

import com.gogogoapi.ledger.intake.SimulatedInstance;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.simulation.SimulatedDatabase.Gap;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.Set;

/** The gaps of the intake as the database has them, by the rules of the statements that keep the real ones. */
final class SimulatedGaps implements SimulatedInstance.Gaps {

    private final SimulatedDatabase database;
    private final SimulatedLog.Weather weather;
    private final Set<Defect> defects;

    SimulatedGaps(SimulatedDatabase database, SimulatedLog.Weather weather, Set<Defect> defects) {
        this.database = database;
        this.weather = weather;
        this.defects = defects;
    }

    @Override
    public OptionalLong startOf(ShardPosition position, long first, long end) throws SQLException {
        weather.going();
        var expected = position.nextOffset();
        var isThere = first <= expected && expected <= end;
        if (isThere && (database.gap(position) == null || defects.contains(Defect.GAP_OUTGROWN))) {
            return OptionalLong.of(expected);
        }
        if (defects.contains(Defect.GAP_PASSED_OVER)) {
            return OptionalLong.of(first);
        }
        var isAccepted = note(position, first, end);
        weather.coming();
        return isAccepted ? OptionalLong.of(first) : OptionalLong.empty();
    }

    @Override
    public void found(ShardPosition position) throws SQLException {
        weather.going();
        if (!defects.contains(Defect.GAP_OUTGROWN)) {
            note(position, 0, 0);
        }
        weather.coming();
    }

    private boolean note(ShardPosition position, long first, long end) {
        var known = database.gap(position);
        var noted = known == null
                ? new Gap(first, end, false)
                : new Gap(first, Math.min(known.end(), end), known.isAccepted());
        database.gaps(position.shard()).put(position.nextOffset(), noted);
        return noted.isAccepted();
    }
}
