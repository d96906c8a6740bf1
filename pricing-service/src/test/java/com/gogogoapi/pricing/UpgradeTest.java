package com.gogogoapi.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.embedded.Infrastructure;
import java.sql.DriverManager;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A book as it was written before there were windows and costs. */
@Tag("integration")
class UpgradeTest {

    @Test
    void keepsEveryVersionWithItsNameAndPrices() throws Exception {
        var database = Infrastructure.shared().newDatabase("pricing_upgrade");
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/pricing-service")
                .target("1")
                .load()
                .migrate();
        try (var connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("insert into route values ('deepseek-v4-flash', 1000000, 393216, 32768)");
            statement.execute("""
                    insert into price_version (price_version, model, input_usd_per_million, cached_usd_per_million,
                           output_usd_per_million, valid_from, source_url, source_retrieved_at, published_by, published_at,
                           in_kafka)
                    values ('deepseek-v4-flash@2026-05-01T00:00:00Z', 'deepseek-v4-flash', 0.5, 0.1, 0.9,
                            '2026-05-01T00:00:00Z', 'https://example.com', '2026-05-01T00:00:00Z', 'operator',
                            '2026-05-01T00:00:00Z', true)""");
        }
        try (var pricing = new RunningPricing(database)) {
            var flash = pricing.json("/internal/pricing/deepseek-v4-flash");
            assertThat(flash.path("price_version").asString()).isEqualTo("deepseek-v4-flash@2026-05-01T00:00:00Z");
            assertThat(flash.path("output_usd_per_million").asString()).isEqualTo("0.90");
            assertThat(pricing.json("/internal/pricing/deepseek-v4-flash/history")
                            .path("data"))
                    .as("start-up data does not add to a route that has prices")
                    .hasSize(1);
            var margins = pricing.json("/internal/margins").path("data");
            assertThat(margins.valueStream())
                    .as("but its costs come with the upgrade")
                    .allMatch(margin -> margin.path("cost_known").asBoolean());
        }
    }
}
