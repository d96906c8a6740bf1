package com.gogogoapi.ledger.simulation;

import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.ledger.intake.SimulatedInstance;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.simulation.SimulatedDatabase.Gap;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
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
    public Optional<Start> startOf(ShardPosition position, long first, long end) throws SQLException {
        weather.going();
        var expected = position.nextOffset();
        var isThere = first <= expected && expected <= end;
        var known = database.gap(position);
        if (isThere && (known == null || isPassed(known) || defects.contains(Defect.GAP_OUTGROWN))) {
            return Optional.of(new Start(expected, null));
        }
        if (defects.contains(Defect.GAP_PASSED_OVER)) {
            return Optional.of(new Start(first, null));
        }
        var passing = note(position, first, end).acceptance();
        weather.coming();
        return passing == null ? Optional.empty() : Optional.of(new Start(first, passing));
    }

    @Override
    public void found(ShardPosition position) throws SQLException {
        weather.going();
        if (!defects.contains(Defect.GAP_OUTGROWN)) {
            note(position, 0, 0);
        }
        weather.coming();
    }

    private Gap note(ShardPosition position, long first, long end) {
        var known = database.gap(position);
        var noted = known == null || isPassed(known)
                ? new Gap(first, end, null)
                : new Gap(first, Math.min(known.end(), end), known.acceptance());
        database.gaps(position.shard()).put(position.nextOffset(), noted);
        return noted;
    }

    /** An operator's word is good for once: the log says whether it is used. */
    private boolean isPassed(Gap gap) {
        var acceptance = gap.acceptance();
        return acceptance != null
                && !defects.contains(Defect.GAP_PASSED_TWICE)
                && database
                        .byAccount
                        .getOrDefault(InstallationAccount.of(acceptance.shard()).value(), List.of())
                        .stream()
                        .anyMatch(stored -> stored.event().requestId().equals(acceptance.requestId()));
    }
}
