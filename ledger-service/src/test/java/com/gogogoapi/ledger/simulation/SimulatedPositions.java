package com.gogogoapi.ledger.simulation;

import com.gogogoapi.ledger.publication.PublicationPositions;
import java.sql.SQLException;
import java.util.Collection;

/** Where publication stands, as the database has it. */
final class SimulatedPositions implements PublicationPositions {

    private final SimulatedDatabase database;
    private final SimulatedLog.Weather weather;

    SimulatedPositions(SimulatedDatabase database, SimulatedLog.Weather weather) {
        this.database = database;
        this.weather = weather;
    }

    @Override
    public Position of(int shard) throws SQLException {
        weather.going();
        return database.published.getOrDefault(shard, new Position(shard, 0, 0));
    }

    @Override
    public void save(Collection<Position> positions) throws SQLException {
        weather.going();
        positions.forEach(position -> database.published.merge(
                position.shard(),
                position,
                (old, saved) -> new Position(
                        saved.shard(),
                        Math.max(old.publishedPos(), saved.publishedPos()),
                        Math.max(old.holdsDonePos(), saved.holdsDonePos()))));
        weather.coming();
    }
}
