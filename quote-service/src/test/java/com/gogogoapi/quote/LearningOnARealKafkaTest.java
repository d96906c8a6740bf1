package com.gogogoapi.quote;

import static com.gogogoapi.fixtures.Events.reserved;
import static com.gogogoapi.fixtures.Events.settled;
import static com.gogogoapi.fixtures.Prices.aPriceOf;
import static com.gogogoapi.fixtures.Prices.everyTokenAt;
import static com.gogogoapi.fixtures.Prices.prices;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.expecting;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.ServiceTokens;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.messaging.Event;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.pricing.RouteLimits;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.fixtures.Route;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as it ships, on a real Kafka with a ledger's events on it. */
@Tag("integration")
class LearningOnARealKafkaTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Instant START = Instant.parse("2026-04-26T12:15:00Z");
    private static final String MODEL = "learned";
    private static final Route ROUTE = new Route(MODEL, "v1", prices("1", "0.5", "2"));

    /** What other services write. */
    private static final EventPublisher OTHERS = KafkaClients.of(
                    Infrastructure.shared().kafka().clientSettings(), "test")
            .publisher(Clock.systemUTC(), "/test");

    private static ConfigurableApplicationContext service;
    private static long sequence;

    @BeforeAll
    static void start() {
        service = newService();
        route(MODEL, ROUTE.prices());
        route("learned-cheap", everyTokenAt("0.1"));
        route("learned-dear", everyTokenAt("5"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static ConfigurableApplicationContext newService() {
        return QuoteService.application()
                .run(Infrastructure.shared()
                        .kafka(BrokerUser.QUOTE_SERVICE)
                        .serviceArguments(
                                "--server.port=0",
                                "--gogogoapi.intake-secret=" + "quotes-in-tests-".repeat(2),
                                "--gogogoapi.internal-secret=" + SECRET,
                                "--gogogoapi.quote.signing-keys=" + SECRET));
    }

    private static void route(String model, TokenPrices prices) {
        var version = aPriceOf(model, prices, new RouteLimits(1_000_000, 100_000, 30_000), START);
        send(record(Topics.ROUTE_PRICES, null, version.priceVersion(), version, null))
                .join();
    }

    private static ProducerRecord<String, byte[]> record(
            String topic, Integer partition, String key, Event event, Long eventsSequence) {
        var metadata = new EventMetadata(TimeOrderedIds.next(), "/test", START, null, eventsSequence, null, null);
        return EventRecords.record(topic, partition, key, event, metadata);
    }

    private static CompletableFuture<?> send(ProducerRecord<String, byte[]> record) {
        return OTHERS.send(record);
    }

    /** A request of that account with a hold for 1,000 completion tokens and an expectation of 100. */
    private static Stream<CompletableFuture<?>> request(String account, long completion) {
        var quote = aQuoteOf(ROUTE, new AccountId(account), newRequest(), 100, 1_000, START, START);
        var reserved = reserved(expecting("0.0003", quote));
        var settled = settled(reserved, Outcome.COMPLETED, new TokenUsage(100, 0, completion));
        // Published again, as after a ledger's restart: the sequence tells.
        var published = event(settled, sequence + 1);
        var events = Stream.of(event(reserved, sequence), published, published).map(LearningOnARealKafkaTest::send);
        sequence += 2;
        return events;
    }

    private static ProducerRecord<String, byte[]> event(LedgerEvent event, long eventsSequence) {
        return record(Topics.LEDGER_EVENTS, 0, event.accountId().value(), event, eventsSequence);
    }

    private static JsonNode ask(ConfigurableApplicationContext asked, String method, String path, String body)
            throws Exception {
        var server = ((WebServerApplicationContext) asked).getWebServer();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + path))
                .header("gogogoapi-account", "acct_regular")
                .header(
                        "Authorization",
                        "Bearer " + new ServiceTokens(SECRET, Clock.systemUTC()).issue("test", "quote-service"))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static JsonNode quote(ConfigurableApplicationContext asked) throws Exception {
        return ask(
                asked,
                "POST",
                "/internal/quotes",
                "{\"model\":\"learned\",\"messages\":[{\"role\":\"user\",\"content\":\"Summarize this.\"}]}");
    }

    private static JsonNode accuracy(ConfigurableApplicationContext asked) throws Exception {
        return ask(asked, "GET", "/internal/quotes/accuracy", "")
                .path("routes")
                .valueStream()
                .filter(route -> route.path("model").asString().equals(MODEL))
                .findFirst()
                .orElse(JsonMapper.shared().createObjectNode());
    }

    @Test
    void quotesLearnFromWhatWasCharged() throws Exception {
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().untilAsserted(() -> {
            var unlearned = quote(service);
            assertThat(unlearned.path("expected_from").asString()).isEqualTo("limit");
            assertThat(unlearned.path("max_completion_tokens").asLong()).isEqualTo(30_000);
        });

        IntStream.range(0, 600)
                .boxed()
                .flatMap(i -> request(i % 20 == 0 ? "acct_regular" : "acct_" + i, i % 20 == 0 ? 50 : 25))
                .toList()
                .forEach(CompletableFuture::join);

        await().atMost(Duration.ofMinutes(2))
                .until(() -> accuracy(service).path("requests").asLong() == 600);
        var learned = quote(service);
        assertThat(learned.path("expected_from").asString()).isEqualTo("account");
        assertThat(learned.path("expected_completion_tokens").asLong()).isEqualTo(50);
        assertThat(learned.path("expected_cost_usd").asString()).isEqualTo("0.000108");
        assertThat(learned.path("max_completion_tokens").asLong()).isEqualTo(4_096);
        assertThat(learned.path("max_cost_usd").asString()).isEqualTo("0.0082");

        // Most cost 0.00015 for 25 tokens, of an expected 0.0003 and a hold of 0.0021: as much again was expected.
        var accuracy = accuracy(service);
        assertThat(new BigDecimal(accuracy.path("median_error").asString()))
                .isBetween(BigDecimal.ONE, new BigDecimal("1.04"));
        assertThat(accuracy.path("above_hold_share").asString()).isEqualTo("0");
        assertThat(new BigDecimal(accuracy.path("hold_returned_share").asString()))
                .isBetween(new BigDecimal("0.92"), new BigDecimal("0.93"));

        var late = newService();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(accuracy(late)).isEqualTo(accuracy));
        } finally {
            late.close();
        }
    }

    @Test
    void theCheapestOtherRouteIsNamed() throws Exception {
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().untilAsserted(() -> {
            var alternative = ask(
                            service,
                            "POST",
                            "/internal/quotes",
                            "{\"model\":\"learned\",\"messages\":[{\"role\":\"user\",\"content\":\"Summarize this.\"}],\"max_tokens\":100,\"expectedCompletionTokens\":12}")
                    .path("cheapest_alternative");
            assertThat(alternative.path("model").asString()).isEqualTo("learned-cheap");
            assertThat(alternative.path("expected_cost_usd").asString()).isEqualTo("0.000002");
            assertThat(alternative.path("max_cost_usd").asString()).isEqualTo("0.0000108");
            assertThat(alternative.path("price").path("output_usd_per_million").asString())
                    .isEqualTo("0.10");
        });
    }
}
