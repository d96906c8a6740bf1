package com.gogogoapi.ledger.publication;

import java.sql.SQLException;
import java.util.Collection;

/**
 * Where each shard's publication stands: written now and then, behind the truth, never ahead of it. {@link
 * PostgresPublicationPositions} is the real place.
 */
public interface PublicationPositions {

    /**
     * @param publishedPos all events up to here are in Kafka
     * @param holdsDonePos all holds that began up to here have ended
     */
    record Position(int shard, long publishedPos, long holdsDonePos) {}

    Position of(int shard) throws SQLException;

    /** Saves them; a position that is behind the saved one changes nothing. */
    void save(Collection<Position> positions) throws SQLException;
}
