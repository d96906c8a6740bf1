package com.gogogoapi.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.pricing.PriceAt;
import com.gogogoapi.contracts.pricing.Route;
import com.gogogoapi.contracts.pricing.RouteCostRecorded;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.pricing.book.PriceBook;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a new installation begins with, and what an older one gets of it. */
@Tag("integration")
class StartUpDataTest {

    private static final Path COST_PLUS = Path.of("..", "deploy", "prices", "deepseek-cost-plus-20-percent.yaml");

    /** One book for the tests that only look. */
    private static final class New {
        private static final Route FLASH;
        private static final Route PRO;

        static {
            try (var pricing = new RunningPricing(Infrastructure.shared().newDatabase("pricing_first"))) {
                FLASH = pricing.book().route("deepseek-v4-flash");
                PRO = pricing.book().route("deepseek-v4-pro");
            }
        }
    }

    private static Route route(String name) {
        return name.equals("flash") ? New.FLASH : New.PRO;
    }

    /** As DeepSeek published it: cached, uncached, output. */
    @ParameterizedTest
    @CsvSource({
        "flash, 2026-04-25T00:00:00Z, 0.028, 0.14, 0.28",
        "flash, 2026-04-26T12:14:59Z, 0.028, 0.14, 0.28",
        "flash, 2026-04-26T12:15:00Z, 0.0028, 0.14, 0.28",
        "flash, 2026-08-16T15:59:59Z, 0.0028, 0.14, 0.28",
        "flash, 2026-08-16T16:00:00Z, 0.007, 0.22, 0.66", // no hour of the peak
        "flash, 2026-08-17T01:00:00Z, 0.014, 0.44, 1.32", // a Monday
        "flash, 2026-08-22T03:59:59Z, 0.014, 0.44, 1.32", // a Saturday, when every day had peak hours
        "flash, 2026-08-29T03:00:00Z, 0.007, 0.22, 0.66", // the next one
        "flash, 2026-08-31T09:59:59Z, 0.014, 0.44, 1.32",
        "flash, 2026-08-31T10:00:00Z, 0.007, 0.22, 0.66",
        "flash, 2026-09-10T03:59:59Z, 0.014, 0.44, 1.32",
        "flash, 2026-09-10T04:00:00Z, 0.003, 0.15, 0.60",
        "flash, 2026-09-10T06:00:00Z, 0.006, 0.30, 1.20",
        "flash, 2026-09-25T06:00:00Z, 0.003, 0.15, 0.60", // a Friday, and a holiday
        "flash, 2026-10-05T02:00:00Z, 0.003, 0.15, 0.60", // a Monday of the National Day's week
        "flash, 2026-10-08T02:00:00Z, 0.006, 0.30, 1.20",
        "flash, 2026-11-26T05:00:00Z, 0.003, 0.15, 0.60", // between the two windows
        "pro, 2026-04-24T00:00:00Z, 0.145, 1.74, 3.48",
        "pro, 2026-04-26T12:15:00Z, 0.003625, 0.435, 0.87",
        "pro, 2026-08-17T01:00:00Z, 0.044, 1.32, 3.96",
        "pro, 2026-11-26T02:00:00Z, 0.044, 1.32, 3.96",
        "pro, 2026-11-26T12:00:00Z, 0.022, 0.66, 1.98",
    })
    void recordsWhatDeepSeekCharged(String name, Instant at, String cached, String input, String output) {
        var cost = route(name).costAt(at).map(PriceAt::prices).orElseThrow();
        assertThat(cost.cachedInput().price()).isEqualByComparingTo(cached);
        assertThat(cost.input().price()).isEqualByComparingTo(input);
        assertThat(cost.output().price()).isEqualByComparingTo(output);
    }

    /** It sells at what DeepSeek charged in April, and says that this loses now. */
    @ParameterizedTest
    @CsvSource({"flash, 0.14, 0.28", "pro, 0.435, 0.87"})
    void sellsAtThePublishedPricesAndTellsThatThisLoses(String name, String input, String output) {
        var now = Instant.parse("2026-11-26T12:00:00Z");
        var price = route(name).priceAt(now).map(PriceAt::prices).orElseThrow();
        assertThat(price.input().price()).isEqualByComparingTo(input);
        assertThat(price.output().price()).isEqualByComparingTo(output);
        assertThat(route(name).losses(now, now.plusSeconds(1)).getFirst().from())
                .isEqualTo(now);
    }

    @Test
    void everyCostStatesItsSourceAndWhoRecordedIt() {
        assertThat(New.FLASH.costs()).hasSize(5);
        assertThat(New.PRO.costs()).hasSize(4);
        assertThat(New.PRO.costs()).allSatisfy(cost -> {
            assertThat(cost.source().url()).startsWith("https://api-docs.deepseek.com/");
            assertThat(cost.recordedBy()).isEqualTo("start-up data");
        });
    }

    /** As it was before the upstream's prices were followed: one cost, which is the price. */
    private static Database olderBook(String name, String recordedBy) throws SQLException {
        var database = Infrastructure.shared().newDatabase(name);
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/pricing-service")
                .target("2")
                .load()
                .migrate();
        try (var connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("insert into route values ('deepseek-v4-flash', 1000000, 393216, 32768)");
            for (var kind : new String[] {"price", "cost"}) {
                statement.execute("""
                        insert into price_version (kind, price_version, model, input_usd_per_million,
                               cached_usd_per_million, output_usd_per_million, valid_from, source_url,
                               source_retrieved_at, published_by, published_at, in_kafka)
                        values ('%s', 'deepseek-v4-flash@2026-04-26T12:15:00Z', 'deepseek-v4-flash', 0.14, 0.0028, 0.28,
                                '2026-04-26T12:15:00Z', 'https://api-docs.deepseek.com/quick_start/pricing',
                                '2026-04-26T12:15:00Z', '%s', '2026-04-26T12:15:00Z', true)""".formatted(kind, recordedBy));
            }
        }
        return database;
    }

    @Test
    void anOlderBookGetsTheCostsThatItLacksAndKeepsWhatItHas() throws Exception {
        var database = olderBook("pricing_older", "start-up data");
        var before = Instant.now().minusMillis(1);
        Route flash;
        try (var pricing = new RunningPricing(database)) {
            flash = pricing.book().route("deepseek-v4-flash");
            assertThat(pricing.json("/internal/margins").toString()).contains("\"losing_now\":true");
        }
        assertThat(flash.costs())
                .as("in the order of their beginning")
                .extracting(RouteCostRecorded::costVersion)
                .containsExactly(
                        "deepseek-v4-flash@2026-09-10T04:00:00Z",
                        "deepseek-v4-flash@2026-08-22T16:00:00Z",
                        "deepseek-v4-flash@2026-08-16T16:00:00Z",
                        "deepseek-v4-flash@2026-04-26T12:15:00Z",
                        "deepseek-v4-flash@2026-04-24T00:00:00Z");
        assertThat(flash.costs().getFirst().recordedAt())
                .as("when it was learned, not when it began")
                .isAfter(before);
        assertThat(flash.prices()).hasSize(1);
        assertThat(flash.aliases()).containsExactly("deepseek-flash");

        try (var pricing = new RunningPricing(database)) {
            assertThat(pricing.book().route("deepseek-v4-flash"))
                    .as("a further start adds nothing")
                    .isEqualTo(flash);
        }
    }

    @Test
    void costsOfAnOperatorAreTheOperators() throws Exception {
        try (var pricing = new RunningPricing(olderBook("pricing_own_costs", "operator"))) {
            assertThat(pricing.book().route("deepseek-v4-flash").costs()).hasSize(1);
        }
    }

    /** An operator may have made a route of the name that is an alias now. */
    @Test
    void aNameThatAnOperatorUsedAlreadyIsTheOperators() throws Exception {
        var database = olderBook("pricing_taken_name", "start-up data");
        try (var connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("insert into route values ('deepseek-flash', 1000000, 393216, 32768)");
        }
        try (var pricing = new RunningPricing(database)) {
            assertThat(pricing.book().route("deepseek-v4-flash").aliases()).isEmpty();
            assertThat(pricing.get("/internal/pricing/deepseek-v4-flash").statusCode())
                    .isEqualTo(200);
        }
    }

    /** What an operator took away does not come back with the next start. */
    @Test
    void aliasesThatAnOperatorSetStayAsTheyAre() throws Exception {
        var database = Infrastructure.shared().newDatabase("pricing_no_aliases");
        try (var pricing = new RunningPricing(database)) {
            pricing.send("PUT", "/internal/routes/deepseek-v4-flash/aliases", "{\"aliases\":[]}");
        }
        try (var pricing = new RunningPricing(database)) {
            assertThat(pricing.book().route("deepseek-v4-flash").aliases()).isEmpty();
        }
    }

    @Test
    void theReadyPriceFileEndsEveryLossAtOncePlusTwentyPercent() throws Exception {
        var file = Files.readString(COST_PLUS);
        try (var pricing = new RunningPricing(Infrastructure.shared().newDatabase("pricing_cost_plus"))) {
            assertThat(losses(pricing.book())).isPositive();
            var answer = pricing.post("/internal/routes/import", file);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            for (var name : new String[] {"deepseek-v4-flash", "deepseek-v4-pro"}) {
                var route = pricing.book().route(name);
                var price = route.prices().getFirst();
                var cost = route.costs().getFirst();
                assertThat(price.schedule()).isNotNull();
                assertThat(cost.schedule()).isNotNull();
                assertThat(price.schedule().calendar())
                        .isEqualTo(cost.schedule().calendar());
                assertIsPlusTwentyPercent(price.prices(), cost.prices());
                for (var i = 0; i < cost.schedule().windows().size(); i++) {
                    var sold = price.schedule().windows().get(i);
                    var bought = cost.schedule().windows().get(i);
                    assertThat(sold)
                            .usingRecursiveComparison()
                            .ignoringFields("prices")
                            .isEqualTo(bought);
                    assertIsPlusTwentyPercent(sold.prices(), bought.prices());
                }
                var begins = price.validFrom();
                assertThat(route.losses(begins, begins.plusSeconds(400L * 24 * 3600)))
                        .isEmpty();
            }
            var versions = pricing.book().versions().size();
            // As soon as possible is after the notice; by then the same again says nothing new.
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> !pricing.post("/internal/routes/import?dry_run=true", file)
                            .body()
                            .contains("\"action\":\"add\""));
            pricing.post("/internal/routes/import", file);
            assertThat(pricing.book().versions()).hasSize(versions);
        }
    }

    private static long losses(PriceBook book) {
        var now = Instant.now();
        return book.routes().stream()
                .mapToLong(route -> route.losses(now, now.plusSeconds(1)).size())
                .sum();
    }

    private static void assertIsPlusTwentyPercent(TokenPrices sold, TokenPrices bought) {
        var factor = new BigDecimal("1.2");
        assertThat(sold.input().price())
                .isEqualByComparingTo(bought.input().price().multiply(factor));
        assertThat(sold.cachedInput().price())
                .isEqualByComparingTo(bought.cachedInput().price().multiply(factor));
        assertThat(sold.output().price())
                .isEqualByComparingTo(bought.output().price().multiply(factor));
    }
}
