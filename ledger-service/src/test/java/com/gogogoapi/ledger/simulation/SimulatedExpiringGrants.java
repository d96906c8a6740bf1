package com.gogogoapi.ledger.simulation;

import com.gogogoapi.ledger.publication.ExpiringGrants;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The grants that are still to expire, as the database has them. */
final class SimulatedExpiringGrants implements ExpiringGrants {

    private static final Comparator<ExpiringGrant> IN_TURN =
            Comparator.comparing(ExpiringGrant::expiresAt).thenComparing(ExpiringGrant::grantId);

    private final SimulatedDatabase database;
    private final SimulatedLog.Weather weather;
    private final Set<Defect> defects;

    SimulatedExpiringGrants(SimulatedDatabase database, SimulatedLog.Weather weather, Set<Defect> defects) {
        this.database = database;
        this.weather = weather;
        this.defects = defects;
    }

    @Override
    public void save(Collection<ExpiringGrant> granted, Collection<ExpiringGrant> over) throws SQLException {
        weather.going();
        if (!defects.contains(Defect.FORGOTTEN_GRANTS)) {
            granted.forEach(grant -> database.expiringGrants.putIfAbsent(grant.grantId(), grant));
        }
        over.forEach(grant -> database.expiringGrants.remove(grant.grantId()));
        weather.coming();
    }

    @Override
    public List<ExpiringGrant> due(Collection<Integer> shards, Instant now, @Nullable ExpiringGrant after, int limit)
            throws SQLException {
        weather.going();
        return database.expiringGrants.values().stream()
                .filter(grant ->
                        shards.contains(grant.shard()) && !grant.expiresAt().isAfter(now))
                .filter(grant -> after == null || IN_TURN.compare(grant, after) > 0)
                .sorted(IN_TURN)
                .limit(limit)
                .toList();
    }
}
