package com.gogogoapi.ledger.publication;

import com.gogogoapi.contracts.identity.AccountId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The grants that are still to expire, in PostgreSQL. */
public final class PostgresExpiringGrants implements ExpiringGrants {

    private static final String KEEP = """
            insert into ledger_expiring_grant (shard, grant_id, account_id, expires_at_millis)
            select * from unnest(?, ?, ?, ?)
            on conflict do nothing""";

    private static final String FORGET = """
            delete from ledger_expiring_grant g
             using unnest(?, ?) as over(shard, grant_id)
             where g.shard = over.shard and g.grant_id = over.grant_id""";

    private static final String DUE = """
            select shard, grant_id, account_id, expires_at_millis from ledger_expiring_grant
             where shard = any(?) and expires_at_millis <= ? and (expires_at_millis, grant_id) > (?, ?)
             order by expires_at_millis, grant_id
             limit ?""";

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final DataSource dataSource;

    public PostgresExpiringGrants(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void save(Collection<ExpiringGrant> granted, Collection<ExpiringGrant> over) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            if (!granted.isEmpty()) {
                keep(connection, granted);
            }
            if (!over.isEmpty()) {
                forget(connection, over);
            }
        }
    }

    private static void keep(Connection connection, Collection<ExpiringGrant> granted) throws SQLException {
        try (var statement = connection.prepareStatement(KEEP)) {
            statement.setArray(1, connection.createArrayOf("int4", shardsOf(granted)));
            statement.setArray(2, connection.createArrayOf("uuid", idsOf(granted)));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "text",
                            granted.stream()
                                    .map(grant -> grant.accountId().value())
                                    .toArray()));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "int8",
                            granted.stream()
                                    .map(grant -> grant.expiresAt().toEpochMilli())
                                    .toArray()));
            statement.executeUpdate();
        }
    }

    private static void forget(Connection connection, Collection<ExpiringGrant> over) throws SQLException {
        try (var statement = connection.prepareStatement(FORGET)) {
            statement.setArray(1, connection.createArrayOf("int4", shardsOf(over)));
            statement.setArray(2, connection.createArrayOf("uuid", idsOf(over)));
            statement.executeUpdate();
        }
    }

    private static Object[] shardsOf(Collection<ExpiringGrant> grants) {
        return grants.stream().map(ExpiringGrant::shard).toArray();
    }

    private static Object[] idsOf(Collection<ExpiringGrant> grants) {
        return grants.stream().map(ExpiringGrant::grantId).toArray();
    }

    @Override
    public List<ExpiringGrant> due(Collection<Integer> shards, Instant now, @Nullable ExpiringGrant after, int limit)
            throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(DUE)) {
            statement.setArray(1, connection.createArrayOf("int4", shards.toArray()));
            statement.setLong(2, now.toEpochMilli());
            statement.setLong(
                    3, after == null ? Long.MIN_VALUE : after.expiresAt().toEpochMilli());
            statement.setObject(4, after == null ? BEFORE_ALL : after.grantId());
            statement.setInt(5, limit);
            try (var rows = statement.executeQuery()) {
                var due = new ArrayList<ExpiringGrant>();
                while (rows.next()) {
                    due.add(new ExpiringGrant(
                            rows.getInt(1),
                            new AccountId(rows.getString(3)),
                            rows.getObject(2, UUID.class),
                            Instant.ofEpochMilli(rows.getLong(4))));
                }
                return due;
            }
        }
    }
}
