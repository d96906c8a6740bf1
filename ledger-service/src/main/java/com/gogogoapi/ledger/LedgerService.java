package com.gogogoapi.ledger;

import com.gogogoapi.chassis.ServiceChassis;
import com.gogogoapi.chassis.installation.InstallationProperties;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
import com.gogogoapi.ledger.snapshot.PostgresSnapshots;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledger as a service. */
@SpringBootApplication
@EnableConfigurationProperties(LedgerProperties.class)
@Import(ServiceChassis.class)
public class LedgerService {

    public static void main(String[] args) {
        application().run(args);
    }

    /** The service, ready to be run with properties of the caller's own. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(LedgerService.class).properties("spring.config.name=ledger-service");
    }

    @Bean
    LedgerLog ledgerLog(DataSource dataSource) {
        return new PostgresLedgerLog(dataSource);
    }

    /** Checked before any worker exists: with another number of shards an account would have two stories. */
    @Bean
    PostgresSnapshots snapshots(DataSource dataSource, JdbcClient jdbc, InstallationProperties installation) {
        InstallationShards.check(jdbc, installation.shards());
        return new PostgresSnapshots(dataSource);
    }
}
