package com.gogogoapi.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.fixtures.MadeHistory;
import com.gogogoapi.fixtures.MadeHistory.Account;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tables of 0.5.0 are carried along: what is new in them is made of all events, and nobody is told of those again. */
@Tag("integration")
class EarlierTablesTest {

    private static final int SHARD = 12;
    private static final List<MadeHistory.Made> HISTORY = MadeHistory.of(
            12,
            List.of(new Account(new AccountId("acct_earlier"), SHARD)),
            300,
            Instant.parse("2026-02-20T00:00:00Z"),
            Instant.parse("2026-03-20T00:00:00Z"));

    @BeforeAll
    static void publish() {
        // Which makes the topic, if no other test was there before.
        RunningUsage.start(Infrastructure.shared().newDatabase("usage_earlier_topic"))
                .close();
        RunningUsage.publish(HISTORY);
    }

    @Test
    void allIsReadAnewAndNothingOfItIsTold() throws SQLException {
        var database = Infrastructure.shared().newDatabase("usage_earlier");
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/usage-service")
                .target("1")
                .load()
                .migrate();
        try (var connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("insert into followed_shard (shard, sequence, at, next_offset) values (%d, %d, now(), %d)"
                    .formatted(SHARD, HISTORY.size(), HISTORY.size()));
            statement.execute(
                    "insert into rollup values ('acct_earlier', false, 1440, 1771545600, '', "
                            + "gen_random_uuid(), gen_random_uuid(), 'a-route-of-then', 'COMPLETED', 1, 1, 1, 1, 1, 1, 1, 1, 1)");
            try (var usage = RunningUsage.start(database)) {
                usage.awaitSequence(SHARD, HISTORY.size());
                assertThat(usage.progress().path("rebuilding").asBoolean()).isFalse();
            }
            assertThat(count(connection, "request where account_id = 'acct_earlier'"))
                    .isPositive();
            assertThat(count(connection, "spending where account_id = 'acct_earlier'"))
                    .isPositive();
            assertThat(count(connection, "rollup where model = 'a-route-of-then'"))
                    .isZero();
            assertThat(count(connection, "used_route where model = 'a-route-of-then'"))
                    .isOne();
            assertThat(count(connection, "alert where account_id = 'acct_earlier'"))
                    .isZero();
        }
    }

    /** A conflict is with what was read before, which is not there any more. */
    @Test
    void aShardThatStoppedIsReadAnewToo() throws SQLException {
        var database = Infrastructure.shared().newDatabase("usage_earlier_stopped");
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/usage-service")
                .target("5")
                .load()
                .migrate();
        try (var connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(
                    "insert into followed_shard (shard, sequence, at, next_offset, conflict) values (%d, 3, now(), 3, 'event 3 was another one')"
                            .formatted(SHARD));
            try (var usage = RunningUsage.start(database)) {
                usage.awaitSequence(SHARD, HISTORY.size());
            }
            assertThat(count(connection, "request where account_id = 'acct_earlier'"))
                    .isPositive();
        }
    }

    private static long count(Connection connection, String rows) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from " + rows)) {
            row.next();
            return row.getLong(1);
        }
    }
}
