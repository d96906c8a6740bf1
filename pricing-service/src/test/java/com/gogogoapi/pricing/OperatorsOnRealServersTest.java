package com.gogogoapi.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.pricing.LossPolicy;
import com.gogogoapi.contracts.pricing.RouteCostRecorded;
import com.gogogoapi.contracts.pricing.RouteLossPolicySet;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows, costs and margins, on a real Kafka and a real PostgreSQL. */
@Tag("integration")
class OperatorsOnRealServersTest {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String SOURCE =
            "\"source\":{\"url\":\"https://example.com/prices\",\"retrieved_at\":\"2026-11-23T00:00:00Z\"}";
    private static final String LIMITS =
            "\"limits\":{\"context_tokens\":1000,\"max_completion_tokens\":100,\"default_max_completion_tokens\":50}";

    private static Database database;
    private static RunningPricing pricing;

    @BeforeAll
    static void start() {
        database = Infrastructure.shared().newDatabase("pricing_operators");
        pricing = new RunningPricing(database);
    }

    @AfterAll
    static void stop() {
        pricing.close();
    }

    private static String terms(String input, String output, String... more) {
        var fields = new ArrayList<>(List.of(
                "\"input_usd_per_million\":\"" + input + "\"",
                "\"cached_input_usd_per_million\":\"0\"",
                "\"output_usd_per_million\":\"" + output + "\""));
        Collections.addAll(fields, more);
        return "{" + String.join(",", fields) + "}";
    }

    private static String schedule(String... windowFields) {
        return "\"schedule\":{\"zone\":\"Asia/Shanghai\",\"calendar\":{\"name\":\"China 2026\",\"holidays\":[\"2026-10-01\"]},"
                + "\"windows\":["
                + terms(
                        "2",
                        "4",
                        "\"name\":\"peak\"",
                        "\"days\":[\"monday\",\"friday\",\"tuesday\"]",
                        String.join(",", windowFields))
                + "]}";
    }

    private static void publish(String model, String body) throws Exception {
        var answer = pricing.post("/internal/routes/" + model + "/prices", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void windowsAreToldInJsonAndInWords() throws Exception {
        publish(
                "windowed",
                terms(
                        "1",
                        "2",
                        SOURCE.replace("}", ",\"content_sha256\":\"" + "ab".repeat(32) + "\"}"),
                        LIMITS,
                        "\"reason\":\"as the upstream\"",
                        schedule("\"from\":\"09:00\"", "\"to\":\"12:00\"", "\"on_holidays\":\"never\"")));
        var route = pricing.json("/internal/pricing/windowed");
        assertThat(route.path("schedule").path("in_words").get(0).asString())
                .isEqualTo("Peak: Monday, Tuesday and Friday, 09:00–12:00 on the clocks of Shanghai (Asia/Shanghai),"
                        + " but not on holidays (China 2026)");
        assertThat(route.path("schedule").path("in_words").get(1).asString()).isEqualTo("Off-peak: at all other times");
        assertThat(Instant.parse(route.path("valid_until").asString())).isAfter(Instant.now());
        assertThat(route.path("next_change").path("at").asString())
                .isEqualTo(route.path("valid_until").asString());
        assertThat(route.path("source").path("content_sha256").asString()).hasSize(64);
        var history =
                pricing.json("/internal/pricing/windowed/history").path("data").get(0);
        assertThat(history.path("reason").asString()).isEqualTo("as the upstream");
        assertThat(history.path("published_by").asString()).isEqualTo("test");
        assertThat(history.path("schedule")
                        .path("windows")
                        .get(0)
                        .path("input_usd_per_million")
                        .asString())
                .isEqualTo("2.00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a mistyped field | 'schedul':{} | schedul must be one of the known fields: ",
                "no such zone | 'schedule':{'zone':'Mars/Olympus','windows':[]} | schedule.zone must be a time zone",
                "no window | 'schedule':{'zone':'UTC','windows':[]} | 1 to 32 windows",
                "holidays without a calendar | 'schedule':{'zone':'UTC','windows':[{W,'days':['monday'],'from':'09:00','to':'10:00','on_holidays':'never'}]} | no calendar",
                "no such hour | 'schedule':{'zone':'UTC','windows':[{W,'days':['monday'],'from':'25:00','to':'10:00'}]} | windows[0].from must be a time of day",
                "no such day | 'schedule':{'zone':'UTC','windows':[{W,'days':['caturday'],'from':'09:00','to':'10:00'}]} | days[0] must be a day of the week",
                "no day | 'schedule':{'zone':'UTC','windows':[{W,'days':[],'from':'09:00','to':'10:00'}]} | days must name at least one day",
                "no such date | 'schedule':{'zone':'UTC','calendar':{'name':'x','holidays':['2026-02-30']},'windows':[]} | holidays[0] must be a date",
            })
    void refusesASchedulePlainly(String what, String field, String message) throws Exception {
        var window = terms("2", "4", "\"name\":\"peak\"");
        var body = terms(
                "1",
                "2",
                SOURCE,
                LIMITS,
                field.replace('\'', '"').replace("W", window.substring(1, window.length() - 1)));
        var answer = pricing.post("/internal/routes/refused/prices", body);
        assertThat(answer.statusCode()).as(what + ": " + answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
    }

    @Test
    void theDatabaseItselfRefusesToChangeAVersion() throws Exception {
        try (var connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                var statement = connection.createStatement()) {
            for (var sql : List.of(
                    "update price_version set input_usd_per_million = 0",
                    "update price_version set valid_from = now()",
                    "delete from price_version")) {
                assertThatThrownBy(() -> statement.executeUpdate(sql))
                        .as(sql)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("what was published stays as it was");
            }
        }
    }

    /** Of a route that is sold, every instance is to know a new price before it begins. */
    @Test
    void aNewPriceOfASoldRouteBeginsAfterTheNotice() throws Exception {
        publish("noticed", terms("1", "2", SOURCE, LIMITS));
        var before = Instant.now();
        var answer = pricing.post("/internal/routes/noticed/prices", terms("2", "2", SOURCE));
        var begins = Instant.parse(answer.body().replaceAll(".*\"valid_from\":\"([^\"]+)\".*", "$1"));
        assertThat(begins).isAfter(before.plusMillis(1_990));
        var price = pricing.json("/internal/pricing/noticed")
                .path("input_usd_per_million")
                .asString();
        if (Instant.now().isBefore(begins)) {
            assertThat(price).isEqualTo("1.00");
        }
        await().atMost(SOON).until(() -> pricing.json("/internal/pricing/noticed")
                .path("input_usd_per_million")
                .asString()
                .equals("2.00"));
        assertThat(Instant.now()).isAfterOrEqualTo(begins);
    }

    @Test
    void theMarginGuardTellsAnHourOfLossDaysAhead() throws Exception {
        publish("guarded", terms("1", "2", SOURCE, LIMITS));
        var begins = Instant.now().plus(6, ChronoUnit.DAYS).truncatedTo(ChronoUnit.HOURS);
        var cheap = terms("1", "2", SOURCE);
        var dear = terms("1.000001", "2", SOURCE, "\"valid_from\":\"" + begins + "\"");
        var cheapAgain = terms("1", "2", SOURCE, "\"valid_from\":\"" + begins.plusSeconds(3600) + "\"");
        for (var cost : List.of(cheap, dear, cheapAgain)) {
            assertThat(pricing.post("/internal/routes/guarded/costs", cost).statusCode())
                    .isEqualTo(200);
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        pricing.get("/actuator/prometheus").body())
                .contains(
                        "gogogoapi_pricing_margin_alarm{model=\"guarded\"} 1",
                        "gogogoapi_pricing_margin_losing{model=\"guarded\"} 0",
                        "gogogoapi_pricing_margin_alarm{model=\"deepseek-v4-flash\"} 1"));
        var margins = pricing.json("/internal/margins").path("data");
        var guarded = margins.valueStream()
                .filter(margin -> margin.path("model").asString().equals("guarded"))
                .findFirst()
                .orElseThrow();
        assertThat(guarded.path("alarm").asBoolean()).isTrue();
        assertThat(guarded.path("losing_now").asBoolean()).isFalse();
        assertThat(guarded.path("on_loss").asString()).isEqualTo("sell");
        assertThat(guarded.path("losses")).hasSize(1);
        assertThat(guarded.path("losses").get(0).path("from").asString()).isEqualTo(begins.toString());
        assertThat(guarded.path("losses").get(0).path("until").asString())
                .isEqualTo(begins.plusSeconds(3600).toString());

        var set = pricing.send("PUT", "/internal/routes/guarded/loss-policy", "{\"policy\":\"suspend\"}");
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        assertThat(pricing.send("PUT", "/internal/routes/guarded/loss-policy", "{\"policy\":\"panic\"}")
                        .statusCode())
                .isEqualTo(400);
        await().atMost(SOON).untilAsserted(() -> {
            var events = PriceTopic.events();
            assertThat(events.values()).anyMatch(RoutePricePublished.class::isInstance);
            assertThat(events.values())
                    .filteredOn(event -> event instanceof RouteCostRecorded cost
                            && cost.model().equals("guarded"))
                    .hasSize(3);
            assertThat(events.values())
                    .anyMatch(event -> event instanceof RouteLossPolicySet policy
                            && policy.model().equals("guarded")
                            && policy.policy() == LossPolicy.SUSPEND);
        });
    }

    @Test
    void aClientThatHasTheNewestIsToldSo() throws Exception {
        var first = pricing.get("/internal/pricing");
        var tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(first.headers().firstValue("Cache-Control").orElseThrow()).contains("public", "max-age=");
        assertThat(pricing.get("/internal/pricing/deepseek-v4-flash/history", "If-None-Match", "\"x\"")
                        .statusCode())
                .isEqualTo(200);
        var flash = pricing.get("/internal/pricing/deepseek-v4-flash");
        assertThat(pricing.get(
                                "/internal/pricing/deepseek-v4-flash",
                                "If-None-Match",
                                flash.headers().firstValue("ETag").orElseThrow())
                        .statusCode())
                .isEqualTo(304);
        publish("tagged-" + System.nanoTime(), terms("1", "2", SOURCE, LIMITS));
        assertThat(pricing.get("/internal/pricing").headers().firstValue("ETag").orElseThrow())
                .isNotEqualTo(tag);
    }

    /** From the operator's request to a reader of the topic, 30 times: by their middle, since a busy machine holds up some. */
    @Test
    void aPriceReachesReadersOfTheTopicInUnderASecond() throws Exception {
        var millis = new ArrayList<Long>();
        try (var consumer = PriceTopic.consumer()) {
            consumer.poll(Duration.ofMillis(200));
            for (var i = 0; i < 30; i++) {
                var model = "propagated-" + i;
                var sent = System.nanoTime();
                publish(model, terms("1", "2", SOURCE, LIMITS));
                await().atMost(SOON)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> {
                            for (var record : consumer.poll(Duration.ofMillis(20))) {
                                if (record.key().startsWith(model + "@")) {
                                    return true;
                                }
                            }
                            return false;
                        });
                millis.add((System.nanoTime() - sent) / 1_000_000);
            }
        }
        Collections.sort(millis);
        System.out.printf("price propagation, ms: median %d, max %d%n", millis.get(15), millis.getLast());
        assertThat(millis.get(millis.size() / 2)).isLessThan(1_000);
    }
}
