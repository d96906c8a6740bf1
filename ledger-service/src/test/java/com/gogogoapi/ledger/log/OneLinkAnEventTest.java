package com.gogogoapi.ledger.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.embedded.Infrastructure;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The migration that begins the chain's second era, and the build before it, which may still run during an upgrade. */
@Tag("integration")
class OneLinkAnEventTest {

    private static final String AS_BEFORE = "insert into ledger_batch (shard, first_pos, last_pos, next_offset, hash)"
            + " values (0, %d, %d, 0, '\\x00')";

    private final PGSimpleDataSource database = new PGSimpleDataSource();

    private void migrate(String version) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/ledger-service")
                .target(version)
                .load()
                .migrate();
    }

    private JdbcClient jdbc() {
        return JdbcClient.create(database);
    }

    @Test
    void marksWhereEveryShardStandsAndRefusesOlderBuildsFromThenOn() {
        var made = Infrastructure.shared().newDatabase("upgraded");
        database.setUrl(made.jdbcUrl());
        database.setUser(made.username());
        database.setPassword(made.password());
        migrate("11");
        jdbc().sql("insert into ledger_shard (shard, last_pos, hash_head) values (0, 5, '\\x00'), (1, 0, '\\x00')")
                .update();
        jdbc().sql(AS_BEFORE.formatted(1, 5)).update();

        migrate("12");
        jdbc().sql("insert into ledger_shard (shard, hash_head) values (2, '\\x00')")
                .update();
        assertThat(jdbc().sql("select per_event_after from ledger_shard order by shard")
                        .query(Long.class)
                        .list())
                .containsExactly(5L, 0L, 0L);
        assertThat(jdbc().sql("select per_event from ledger_batch")
                        .query(Boolean.class)
                        .list())
                .containsExactly(false);

        assertThatThrownBy(() -> jdbc().sql(AS_BEFORE.formatted(6, 7)).update())
                .rootCause()
                .hasMessageContaining("an older build must not append")
                .satisfies(refused -> assertThat(new LogUnavailableException((SQLException) refused).refusedTheRows())
                        .as("an older build would set the records aside")
                        .isFalse());
    }
}
