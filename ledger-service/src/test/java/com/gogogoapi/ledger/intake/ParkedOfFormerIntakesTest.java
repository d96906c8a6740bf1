package com.gogogoapi.ledger.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.embedded.Infrastructure;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Parked records outlive the topics that they came from, any number of them, each before what came after it. */
@Tag("integration")
class ParkedOfFormerIntakesTest {

    private JdbcClient jdbc;

    @BeforeEach
    void migrate() {
        var database = Infrastructure.shared().newDatabase("parked");
        var dataSource = new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/ledger-service")
                .load()
                .migrate();
        jdbc = JdbcClient.create(dataSource);
    }

    private void park(int shard, long offset, String why) {
        jdbc.sql(
                        "insert into ledger_parked (shard, intake_offset, account_id, type, payload, causation_id, at_millis, why, since_authenticated)"
                                + " values (?, ?, 'acct_test', 'type', ''::bytea, gen_random_uuid(), 0, ?, false)")
                .params(shard, offset, why)
                .update();
    }

    private List<String> parkedBelowZero(int shard) {
        return jdbc.sql("select why from ledger_parked where shard = ? and intake_offset < 0 order by intake_offset")
                .param(shard)
                .query(String.class)
                .list();
    }

    @Test
    void keepTheirOrder() {
        park(0, 0, "first");
        park(0, 5, "second");
        park(1, 7, "of another shard");
        IntakeSource.moveParkedBelowZero(jdbc, List.of(0));
        assertThat(parkedBelowZero(0)).containsExactly("first", "second");
        assertThat(parkedBelowZero(1)).isEmpty();

        park(0, 0, "third");
        park(0, 2, "fourth");
        IntakeSource.moveParkedBelowZero(jdbc, List.of(0, 1));
        assertThat(parkedBelowZero(0)).containsExactly("first", "second", "third", "fourth");
        assertThat(parkedBelowZero(1)).containsExactly("of another shard");

        IntakeSource.moveParkedBelowZero(jdbc, List.of(0, 1));
        assertThat(parkedBelowZero(0)).hasSize(4);
    }
}
