package com.gogogoapi.quote;

import static com.gogogoapi.contracts.money.Usd.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.identity.ServiceTokens;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.messaging.Event;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.LossPolicy;
import com.gogogoapi.contracts.pricing.PriceSchedule;
import com.gogogoapi.contracts.pricing.PriceSource;
import com.gogogoapi.contracts.pricing.PriceWindow;
import com.gogogoapi.contracts.pricing.RouteCostRecorded;
import com.gogogoapi.contracts.pricing.RouteLimits;
import com.gogogoapi.contracts.pricing.RouteLossPolicySet;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.version.BuildVersion;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.Infrastructure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as it ships, on a real Kafka. */
@Tag("integration")
class QuotingOnARealKafkaTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Instant START = Instant.parse("2026-04-26T12:15:00Z");

    /** What other services write. */
    private static final EventPublisher OTHERS = KafkaClients.of(
                    Infrastructure.shared().kafka().clientSettings(), "test")
            .publisher(Clock.systemUTC(), "/test");

    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() {
        service = QuoteService.application()
                .run(Infrastructure.shared()
                        .kafka(BrokerUser.QUOTE_SERVICE)
                        .serviceArguments(
                                "--server.port=0",
                                "--gogogoapi.intake-secret=" + "quotes-in-tests-".repeat(2),
                                "--gogogoapi.internal-secret=" + SECRET,
                                "--gogogoapi.quote.signing-keys=" + SECRET));
        publish("flash", "0.14", START);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static void publish(String model, String input, Instant validFrom) {
        publish(model, input, null, validFrom);
    }

    private static void publish(String model, String input, PriceSchedule schedule, Instant validFrom) {
        publish(model, input, schedule, validFrom, new RouteLimits(1_000, 500, 100));
    }

    private static void publish(
            String model, String input, PriceSchedule schedule, Instant validFrom, RouteLimits limits) {
        var version = new RoutePricePublished(
                model + "@" + validFrom,
                model,
                new TokenPrices(UsdPerMillion.parse(input), UsdPerMillion.parse("0.0028"), UsdPerMillion.parse("0.28")),
                limits,
                validFrom,
                new PriceSource("https://example.com", START),
                "test",
                START,
                schedule,
                null);
        publish(version.priceVersion(), version);
    }

    private static void publish(String key, Event event) {
        OTHERS.send(EventRecords.record(
                        Topics.ROUTE_PRICES, null, key, event, EventMetadata.of(TimeOrderedIds.next(), "/test", START)))
                .join();
    }

    private static String body(String model, String more) {
        return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Summarize this.\"}]%s}"
                .formatted(model, more);
    }

    private static HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        var port = ((WebServerApplicationContext) service).getWebServer().getPort();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("gogogoapi-account", "acct_1")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (var i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> quote(String body) throws Exception {
        return post("/internal/quotes", body, "Authorization", bearer());
    }

    private static String bearer() {
        return "Bearer " + new ServiceTokens(SECRET, Clock.systemUTC()).issue("test", "quote-service");
    }

    @Test
    void quotesAtThePriceInForce() throws Exception {
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                        quote(body("flash", ",\"expectedCompletionTokens\":50")).body())
                .contains("\"prompt_tokens\":8", "\"max_completion_tokens\":50", "\"max_cost_usd\":\"0.00001512\""));
        publish("flash", "0.20", START.plusSeconds(1));
        publish("flash", "9.00", Instant.now().plusSeconds(86_400));
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                        quote(body("flash", ",\"expectedCompletionTokens\":50")).body())
                .contains("\"input_usd_per_million\":\"0.20\""));
    }

    /** A window that begins while the service runs: the quotes turn with it, and each names the window it is bound to. */
    @Test
    void aWindowBeginsMidRun() throws Exception {
        var begins = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);
        var clock = begins.atZone(ZoneOffset.UTC).toLocalTime();
        var peak = new PriceWindow(
                "peak",
                EnumSet.allOf(DayOfWeek.class),
                clock,
                clock.plusHours(1),
                PriceWindow.OnHolidays.AS_USUAL,
                new TokenPrices(UsdPerMillion.parse("2"), UsdPerMillion.parse("0"), UsdPerMillion.parse("4")));
        publish("windowed", "1", new PriceSchedule(ZoneOffset.UTC, null, List.of(peak)), START);

        await().atMost(Duration.ofMinutes(2))
                .until(() -> quote(body("windowed", "")).statusCode() == 200);
        var before = quote(body("windowed", "")).body();
        if (Instant.now().isBefore(begins)) {
            assertThat(before)
                    .contains("\"input_usd_per_million\":\"1.00\"", "\"valid_until\":\"" + begins + "\"")
                    .doesNotContain("\"window\"");
        }
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    var asked = Instant.now();
                    var answer = quote(body("windowed", "")).body();
                    var answered = Instant.now();
                    if (answered.isBefore(begins)) {
                        assertThat(answer).contains("\"input_usd_per_million\":\"1.00\"");
                    } else if (!asked.isBefore(begins)) {
                        assertThat(answer).contains("\"input_usd_per_million\":\"2.00\"", "\"window\":\"peak\"");
                        return true;
                    }
                    return false;
                });
    }

    @Test
    void aSuspendedRouteIsRefusedClearlyAndSoldAgainWhenItsCostIsCovered() throws Exception {
        publish("lossy", "1", null, START);
        publish("cost/lossy@1", cost("lossy@1", "2", START));
        publish(
                "loss-policy/lossy",
                new RouteLossPolicySet("lossy", LossPolicy.SUSPEND, "test", START, "the upstream became dear"));
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            var refused = quote(body("lossy", ""));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("\"code\":\"route_suspended\"", "not sold at present");
            assertThat(refused.headers().firstValue("x-should-retry")).hasValue("false");
        });

        publish("cost/lossy@2", cost("lossy@2", "1", START.plusSeconds(1)));
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> assertThat(quote(body("lossy", "")).statusCode()).isEqualTo(200));
    }

    private static RouteCostRecorded cost(String version, String input, Instant validFrom) {
        return new RouteCostRecorded(
                version,
                "lossy",
                new TokenPrices(UsdPerMillion.parse(input), UsdPerMillion.parse("0"), UsdPerMillion.parse("0.28")),
                validFrom,
                new PriceSource("https://example.com", START),
                "test",
                START,
                null,
                null);
    }

    @Test
    void refusesWhatItCannotPrice() throws Exception {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() ->
                        assertThat(quote(body("unpriced", "")).statusCode()).isEqualTo(404));
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> assertThat(quote(body("flash", "")).statusCode()).isEqualTo(200));
        assertThat(quote(body("flash", ",\"max_tokens\":501")).statusCode()).isEqualTo(400);
        assertThat(quote(body("flash", ",\"max_tokens\":10,\"expectedCompletionTokens\":11"))
                        .statusCode())
                .isEqualTo(400);
        var tooLong = body("flash", "").replace("Summarize this.", "word ".repeat(1_100));
        assertThat(quote(tooLong).body()).contains("maximum context length is");
        assertThat(post("/internal/quotes", body("flash", "")).statusCode()).isEqualTo(401);
    }

    @Test
    void saysWhichVersionItIs() throws Exception {
        var port = ((WebServerApplicationContext) service).getWebServer().getPort();
        var info = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/info"))
                .build();
        var answer = HttpClient.newHttpClient().send(info, HttpResponse.BodyHandlers.ofString());
        assertThat(JsonMapper.shared().readTree(answer.body()).path("version").asString(""))
                .isEqualTo(BuildVersion.text());
    }

    @Test
    void asksTheLedgerToHoldWhatAnExecutionCanCost() throws Exception {
        var requestId = TimeOrderedIds.next();
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> assertThat(quote(body("flash", "")).statusCode()).isEqualTo(200));
        var answer = post(
                "/internal/quotes/execute",
                body("flash", ",\"expectedCompletionTokens\":5"),
                "Authorization",
                bearer(),
                "gogogoapi-request",
                requestId.toString(),
                "gogogoapi-reply-partition",
                "3");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"max_completion_tokens\":100", "\"request_id\":\"" + requestId + "\"");

        try (var consumer = new KafkaConsumer<>(
                Infrastructure.shared()
                        .kafka()
                        .clientSettings(Map.of("group.id", "test", "auto.offset.reset", "earliest")),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.LEDGER_INTAKE));
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (EventRecords.decode(record.headers(), record.value())
                                    instanceof EventRecords.Decoded.Known(QuoteRequested asked, var metadata)
                            && asked.requestId().equals(requestId)) {
                        assertThat(record.key()).isEqualTo("acct_1");
                        assertThat(metadata.replyPartition()).isEqualTo(3);
                        assertThat(asked.holdUsd())
                                .isEqualTo(asked.prices().uncachedCostOf(asked.promptTokens(), 100))
                                .isGreaterThan(usd("0.000028"));
                        return true;
                    }
                }
                return false;
            });
        }
    }

    @Test
    void aQuoteIsExecutedAtItsPriceWhateverThePriceIsNow() throws Exception {
        publish("binding", "0.14", START);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> quote(body("binding", "")).statusCode() == 200);
        var quoted = JsonMapper.shared()
                .readTree(quote(body("binding", ",\"expectedCompletionTokens\":50"))
                        .body());
        publish("binding", "0.99", START.plusSeconds(1));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> quote(body("binding", "")).body().contains("\"input_usd_per_million\":\"0.99\""));

        var executed = execute(quoted.path("quote_id").asString(), body("binding", ""), quoteIn(quoted));
        assertThat(executed.statusCode()).as(executed.body()).isEqualTo(200);
        assertThat(executed.body())
                .contains(
                        "\"input_usd_per_million\":\"0.14\"",
                        "\"hold_usd\":\"0.00001512\"",
                        "\"request_id\":\"" + quoteIn(quoted) + "\"");

        var another = execute(quoted.path("quote_id").asString(), body("flash", ""), quoteIn(quoted));
        assertThat(another.statusCode()).isEqualTo(422);
        assertThat(another.body()).contains("\"code\":\"quote_mismatch\"", "\"reason\":\"another_body\"");
    }

    private static String quoteIn(JsonNode quoted) {
        var claims =
                Base64.getUrlDecoder().decode(quoted.path("quote_id").asString().split("\\.")[1]);
        return JsonMapper.shared().readTree(claims).path("quote").asString();
    }

    private static HttpResponse<String> execute(String quoteId, String body, String requestId) throws Exception {
        return post(
                "/internal/quotes/execute",
                body,
                "Authorization",
                bearer(),
                "gogogoapi-request",
                requestId,
                "gogogoapi-reply-partition",
                "3",
                "gogogoapi-quote",
                quoteId);
    }

    @Test
    void aMillionTokensAreQuotedBesideOthers() throws Exception {
        publish("roomy", "1", null, START, new RouteLimits(2_000_000, 500, 100));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> quote(body("roomy", "")).statusCode() == 200);
        var million = body("roomy", "").replace("Summarize this.", "word ".repeat(1_000_000));
        var large = CompletableFuture.supplyAsync(() -> {
            try {
                return quote(million);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        while (!large.isDone()) {
            assertThat(quote(body("roomy", "")).statusCode()).isEqualTo(200);
        }
        assertThat(large.get().body()).contains("\"prompt_tokens\":1000005");
    }

    @Test
    void quotesFillInTheMiddle() throws Exception {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(quote("{\"model\":\"flash\",\"prompt\":\"def f(\",\"suffix\":\"pass\"}")
                                .body())
                        .contains("\"prompt_tokens\":8"));
    }

    @Test
    void countsATextsTokens() throws Exception {
        assertThat(post("/internal/token-counts", "{\"text\":\"Summarize this.\"}", "Authorization", bearer())
                        .body())
                .isEqualTo("{\"tokens\":4}");
        assertThat(post("/internal/token-counts", "{\"texts\":[\"Summarize this.\",\"\"]}", "Authorization", bearer())
                        .body())
                .isEqualTo("{\"tokens\":[4,0]}");
    }
}
