package com.gogogoapi.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service as it ships, on a real Kafka and a real PostgreSQL. */
@Tag("integration")
class PricingOnRealServersTest {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String SOURCE =
            "\"source\":{\"url\":\"https://example.com/prices\",\"retrieved_at\":\"2026-11-23T00:00:00Z\"}";

    private static Database database;
    private static RunningPricing pricing;

    @BeforeAll
    static void start() {
        database = Infrastructure.shared().newDatabase("pricing");
        pricing = new RunningPricing(database);
    }

    @AfterAll
    static void stop() {
        pricing.close();
    }

    @Test
    void sellsTheFirstRoutesAtTheirPublishedPrices() throws Exception {
        assertThat(get("/internal/pricing/deepseek-v4-flash").body())
                .contains(
                        "\"input_usd_per_million\":\"0.14\"",
                        "\"cached_input_usd_per_million\":\"0.0028\"",
                        "\"output_usd_per_million\":\"0.28\"",
                        "\"price_version\":\"deepseek-v4-flash@2026-04-26T12:15:00Z\"",
                        "\"default_max_completion_tokens\":32768");
        assertThat(get("/internal/pricing/deepseek-v4-pro").body())
                .contains(
                        "\"input_usd_per_million\":\"0.435\"",
                        "\"cached_input_usd_per_million\":\"0.003625\"",
                        "\"output_usd_per_million\":\"0.87\"");
        assertThat(get("/internal/pricing").body()).contains("deepseek-v4-flash", "deepseek-v4-pro");
        assertThat(get("/internal/pricing/unheard-of").statusCode()).isEqualTo(404);
    }

    @Test
    void aNewVersionIsInForceWithoutARestartAndOnTheTopic() throws Exception {
        var answer = publish("route-a", """
                {"input_usd_per_million":"1","cached_input_usd_per_million":"0.1","output_usd_per_million":"2",%s,
                 "limits":{"context_tokens":1000,"max_completion_tokens":100,"default_max_completion_tokens":50}}""".formatted(SOURCE));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(get("/internal/pricing/route-a").body()).contains("\"input_usd_per_million\":\"1.00\"");

        var tomorrow = Instant.now().plusSeconds(86_400);
        publish("route-a", """
                {"input_usd_per_million":"3","cached_input_usd_per_million":"0.1","output_usd_per_million":"2",%s,
                 "valid_from":"%s"}""".formatted(SOURCE, tomorrow));
        assertThat(get("/internal/pricing/route-a").body())
                .contains("\"input_usd_per_million\":\"1.00\"", "\"next\":{\"price_version\":\"route-a@");
        assertThat(get("/internal/pricing/route-a/history").body()).contains("\"3.00\"", "\"1.00\"");

        await().atMost(SOON).untilAsserted(() -> assertThat(PriceTopic.events().values())
                .filteredOn(event -> event instanceof RoutePricePublished price
                        && price.model().equals("route-a"))
                .hasSize(2));
    }

    @Test
    void aRouteHasVisionIfItWasPublishedWithIt() throws Exception {
        var body = """
                {"input_usd_per_million":"1","cached_input_usd_per_million":"0.1","output_usd_per_million":"2",%s,
                 "limits":{"context_tokens":1000,"max_completion_tokens":100,"default_max_completion_tokens":50%s}}""";
        for (var vision : new String[] {"", ",\"vision\":false", ",\"vision\":true"}) {
            var model = "vision" + vision.replaceAll("[^a-z]", "");
            var answer = publish(model, body.formatted(SOURCE, vision));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(get("/internal/pricing/" + model).body()).contains("\"vision\":" + vision.endsWith("true"));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(PriceTopic.events().values())
                            .anyMatch(event -> event instanceof RoutePricePublished price
                                    && price.model().equals(model)
                                    && price.limits().hasVision() == vision.endsWith("true")));
        }
        var changed = publish("vision", body.formatted(SOURCE, ",\"vision\":true"));
        assertThat(changed.statusCode()).isEqualTo(400);
        assertThat(changed.body()).contains("limits must be left out, or be those that the route has.");
        var unclear = publish("vision-maybe", body.formatted(SOURCE, ",\"vision\":\"maybe\""));
        assertThat(unclear.statusCode()).isEqualTo(400);
        assertThat(unclear.body()).contains("limits.vision must be true or false.");
    }

    @Test
    void theSameRequestTwiceIsOneVersion() throws Exception {
        var body = """
                {"input_usd_per_million":"1","cached_input_usd_per_million":"0.1","output_usd_per_million":"2",%s,
                 "limits":{"context_tokens":1000,"max_completion_tokens":100,"default_max_completion_tokens":50}}""".formatted(SOURCE);
        var first = publish("route-b", body, "Idempotency-Key", "key-1");
        var second = publish("route-b", body, "Idempotency-Key", "key-1");
        var other = publish("route-b", body.replace("\"2\"", "\"3\""), "Idempotency-Key", "key-1");

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("idempotency_mismatch");
        assertThat(get("/internal/pricing/route-b/history").body().split("price_version"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "input is a number | {'input_usd_per_million':1,'cached_input_usd_per_million':'0','output_usd_per_million':'1',S}",
                "seven decimals | {'input_usd_per_million':'0.0000001','cached_input_usd_per_million':'0','output_usd_per_million':'1',S}",
                "negative | {'input_usd_per_million':'-1','cached_input_usd_per_million':'0','output_usd_per_million':'1',S}",
                "absurd | {'input_usd_per_million':'1000001','cached_input_usd_per_million':'0','output_usd_per_million':'1',S}",
                "cached above input | {'input_usd_per_million':'1','cached_input_usd_per_million':'2','output_usd_per_million':'1',S}",
                "no source | {'input_usd_per_million':'1','cached_input_usd_per_million':'0','output_usd_per_million':'1'}",
                "past | {'input_usd_per_million':'1','cached_input_usd_per_million':'0','output_usd_per_million':'1',S,'valid_from':'2026-01-01T00:00:00Z'}",
                "no instant | {'input_usd_per_million':'1','cached_input_usd_per_million':'0','output_usd_per_million':'1',S,'valid_from':'tomorrow'}",
                "not JSON | {",
            })
    void badInputIsRefusedAndChangesNothing(String what, String body) throws Exception {
        var before = get("/internal/pricing/deepseek-v4-flash/history").body();
        var answer = publish("deepseek-v4-flash", body.replace('\'', '"').replace(",S", "," + SOURCE));
        assertThat(answer.statusCode()).as(what).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_request_error");
        assertThat(get("/internal/pricing/deepseek-v4-flash/history").body()).isEqualTo(before);
    }

    @Test
    void keepsTheBookOverARestartAndSendsItAnew() throws Exception {
        var before = get("/internal/pricing/deepseek-v4-pro/history").body();
        pricing.close();
        pricing = new RunningPricing(database);
        assertThat(get("/internal/pricing/deepseek-v4-pro/history").body()).isEqualTo(before);
        await().atMost(SOON).untilAsserted(() -> assertThat(PriceTopic.events())
                .containsKeys("deepseek-v4-flash@2026-04-26T12:15:00Z", "deepseek-v4-pro@2026-04-26T12:15:00Z"));
    }

    @Test
    void refusesWhoeverHasNoServiceToken() throws Exception {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(pricing.uri("/internal/pricing")).build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return pricing.get(path);
    }

    private static HttpResponse<String> publish(String model, String body, String... headers) throws Exception {
        return pricing.post("/internal/routes/" + model + "/prices", body, headers);
    }
}
