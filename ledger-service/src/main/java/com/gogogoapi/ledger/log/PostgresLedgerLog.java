package com.gogogoapi.ledger.log;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.ledger.account.EventIds;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The log in PostgreSQL.
 *
 * <p>{@link #append} is one statement, so one transaction and one round trip: it moves each shard's row where that row
 * still is what the writer believes, and inserts the events of exactly those shards. A writer whose belief is out of
 * date, a zombie, moves no row and so writes nothing.
 */
public final class PostgresLedgerLog implements LedgerLog {

    private static final String MOVE_AND_WRITE = """
            with moved as (
                update ledger_shard s
                   set last_pos = b.to_pos, next_offset = b.to_offset, leader_epoch = b.to_epoch,
                       leader_epoch_at = b.to_offset, hash_head = b.to_hash
                  from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                       as b(shard, from_pos, from_offset, from_hash, to_pos, to_offset, to_epoch, to_hash)
                 where s.shard = b.shard and s.last_pos = b.from_pos and s.next_offset = b.from_offset
                   and s.hash_head = b.from_hash
                returning s.shard, b.from_pos, b.to_pos, b.to_offset, b.to_hash),
            linked as (
                insert into ledger_batch (shard, first_pos, last_pos, next_offset, hash, per_event)
                select shard, from_pos + 1, to_pos, to_offset, to_hash, true from moved where to_pos > from_pos),
            written as (
                insert into ledger_event
                       (shard, pos, account_id, seq, event_id, type, payload, causation_id, trace_parent, at_millis)
                select e.shard, e.pos, e.account_id, e.seq, e.event_id, e.type, e.payload, e.causation_id,
                       e.trace_parent, e.at_millis
                  from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                       as e(shard, pos, account_id, seq, event_id, type, payload, causation_id, trace_parent, at_millis)
                  join moved using (shard))""";

    private static final String MOVED = "\nselect shard from moved";

    private static final String APPEND = MOVE_AND_WRITE + MOVED;

    private static final String APPEND_WITH_PARKED = MOVE_AND_WRITE + ",\n" + ParkedRows.APPEND + MOVED;

    private static final String COLUMNS =
            "shard, pos, account_id, seq, event_id, type, payload, causation_id, trace_parent, at_millis";

    private static final String ACCOUNT_FORWARD =
            "select " + COLUMNS + " from ledger_event where account_id = ? and seq >= ? order by seq limit ?";

    private static final String ACCOUNT_BACKWARD =
            "select " + COLUMNS + " from ledger_event where account_id = ? and seq < ? order by seq desc limit ?";

    private static final String SHARD_FORWARD =
            "select " + COLUMNS + " from ledger_event where shard = ? and pos > ? order by pos limit ?";

    private static final String BY_IDENTITY =
            "select " + COLUMNS + " from ledger_event where event_id = any(?) and account_id = ? order by seq";

    private final DataSource dataSource;

    public PostgresLedgerLog(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public List<ShardPosition> positionsOf(Collection<Integer> shards) throws SQLException {
        try (var connection = dataSource.getConnection();
                var begin = connection.prepareStatement(
                        "insert into ledger_shard (shard, hash_head)" + " select unnest(?), ? on conflict do nothing");
                var read = connection.prepareStatement("select shard, last_pos, next_offset,"
                        + " case leader_epoch_at when next_offset then leader_epoch else -1 end, hash_head"
                        + " from ledger_shard where shard = any(?) order by shard")) {
            var ids = connection.createArrayOf("int4", shards.toArray());
            begin.setArray(1, ids);
            begin.setBytes(2, HashChain.genesis());
            begin.executeUpdate();
            read.setArray(1, ids);
            try (var rows = read.executeQuery()) {
                var positions = new ArrayList<ShardPosition>();
                while (rows.next()) {
                    positions.add(new ShardPosition(
                            rows.getInt(1), rows.getLong(2), rows.getLong(3), rows.getInt(4), rows.getBytes(5)));
                }
                return positions;
            }
        }
    }

    @Override
    public Set<Integer> append(List<ShardBatch> batches) throws SQLException {
        var size = batches.size();
        var shards = new Integer[size];
        var fromPos = new Long[size];
        var fromOffset = new Long[size];
        var fromHash = new byte[size][];
        var toPos = new Long[size];
        var toOffset = new Long[size];
        var toEpoch = new Integer[size];
        var toHash = new byte[size][];
        var events = new ArrayList<StoredEvent>();
        for (var i = 0; i < size; i++) {
            var from = batches.get(i).from();
            var to = batches.get(i).to();
            shards[i] = from.shard();
            fromPos[i] = from.lastPos();
            fromOffset[i] = from.nextOffset();
            fromHash[i] = from.hashHead();
            toPos[i] = to.lastPos();
            toOffset[i] = to.nextOffset();
            toEpoch[i] = to.leaderEpoch();
            toHash[i] = to.hashHead();
            events.addAll(batches.get(i).events());
        }
        var parked = batches.stream().flatMap(batch -> batch.parked().stream()).toList();
        var ended = batches.stream().flatMap(batch -> batch.ended().stream()).toList();
        var withParked = !parked.isEmpty() || !ended.isEmpty();
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(withParked ? APPEND_WITH_PARKED : APPEND)) {
            statement.setArray(1, connection.createArrayOf("int4", shards));
            statement.setArray(2, connection.createArrayOf("int8", fromPos));
            statement.setArray(3, connection.createArrayOf("int8", fromOffset));
            statement.setArray(4, connection.createArrayOf("bytea", fromHash));
            statement.setArray(5, connection.createArrayOf("int8", toPos));
            statement.setArray(6, connection.createArrayOf("int8", toOffset));
            statement.setArray(7, connection.createArrayOf("int4", toEpoch));
            statement.setArray(8, connection.createArrayOf("bytea", toHash));
            EventColumns.of(events).bind(connection, statement, 9);
            if (withParked) {
                ParkedRows.bind(connection, statement, 19, parked, ended);
            }
            var appended = new HashSet<Integer>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    appended.add(rows.getInt(1));
                }
            }
            return appended;
        }
    }

    @Override
    public List<StoredEvent> accountFrom(String accountId, long firstSeq, int limit) throws SQLException {
        return page(ACCOUNT_FORWARD, accountId, firstSeq, limit);
    }

    @Override
    public List<StoredEvent> accountBefore(String accountId, long beforeSeq, int limit) throws SQLException {
        return page(ACCOUNT_BACKWARD, accountId, beforeSeq, limit);
    }

    @Override
    public List<StoredEvent> shardAfter(int shard, long afterPos, int limit) throws SQLException {
        return page(SHARD_FORWARD, shard, afterPos, limit);
    }

    @Override
    public List<StoredEvent> requests(AccountId accountId, Collection<UUID> requestIds) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(BY_IDENTITY)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid",
                            requestIds.stream()
                                    .flatMap(requestId -> EventIds.ofRequest(requestId).stream())
                                    .toArray()));
            statement.setString(2, accountId.value());
            return rows(statement.executeQuery());
        }
    }

    @Override
    public Map<String, Integer> parkedAccounts(int shard) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(ParkedRows.COUNTS)) {
            statement.setInt(1, shard);
            var accounts = new HashMap<String, Integer>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    accounts.put(rows.getString(1), rows.getInt(2));
                }
            }
            return accounts;
        }
    }

    @Override
    public List<ParkedRecord> parkedOf(String accountId, int limit) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(
                        ParkedRows.WAITING + " and account_id = ? order by intake_offset limit ?")) {
            statement.setString(1, accountId);
            statement.setInt(2, limit);
            return ParkedRows.read(statement.executeQuery());
        }
    }

    private List<StoredEvent> page(String sql, Object of, long bound, int limit) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, of);
            statement.setLong(2, bound);
            statement.setInt(3, limit);
            return rows(statement.executeQuery());
        }
    }

    private static List<StoredEvent> rows(ResultSet result) throws SQLException {
        try (result) {
            var events = new ArrayList<StoredEvent>();
            while (result.next()) {
                events.add(new StoredEvent(
                        result.getInt(1),
                        result.getLong(2),
                        result.getString(3),
                        result.getLong(4),
                        result.getObject(5, UUID.class),
                        result.getString(6),
                        result.getBytes(7),
                        result.getObject(8, UUID.class),
                        result.getString(9),
                        result.getLong(10)));
            }
            return events;
        }
    }
}
