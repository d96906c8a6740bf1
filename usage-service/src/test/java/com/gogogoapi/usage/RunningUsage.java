package com.gogogoapi.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.identity.ServiceTokens;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.fixtures.MadeHistory.Made;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as it ships on a real Kafka and PostgreSQL, and the ledger's hand that writes its events. */
final class RunningUsage implements AutoCloseable {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final EventPublisher LEDGER = KafkaClients.of(
                    Infrastructure.shared().kafka().clientSettings(), "made-ledger")
            .publisher(Clock.systemUTC(), "/ledger-service");

    private final ConfigurableApplicationContext context;

    private RunningUsage(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningUsage start(Database database, String... more) {
        var arguments = Stream.concat(
                Stream.of(
                        "--server.port=0",
                        "--gogogoapi.internal-secret=" + SECRET,
                        "--gogogoapi.usage.following.missing-after=1s",
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password()),
                Stream.of(more));
        return new RunningUsage(UsageService.application()
                .run(Infrastructure.shared()
                        .kafka(BrokerUser.USAGE_SERVICE)
                        .serviceArguments(arguments.toArray(String[]::new))));
    }

    /** Writes to the ledger's topic what nobody can read as an event. */
    static void publishNonsense(int shard, long sequence) {
        var headers = EventRecords.headers(
                "acct_nonsense",
                "com.gogogoapi.CreditReleased.v1",
                new EventMetadata(new UUID(0, sequence), "/ledger-service", Instant.EPOCH, null, sequence, null, null));
        LEDGER.send(new ProducerRecord<>(
                        Topics.LEDGER_EVENTS, shard, "acct_nonsense", "{}".getBytes(StandardCharsets.UTF_8), headers))
                .join();
    }

    /** Writes to the ledger's topic what it decided, and waits until Kafka has it. */
    static void publish(List<Made> events) {
        var sent = new ArrayList<CompletableFuture<?>>();
        for (var made : events) {
            var event = made.event();
            var id = UUID.nameUUIDFromBytes((made.shard() + "/" + made.sequence()).getBytes(StandardCharsets.UTF_8));
            var metadata =
                    new EventMetadata(id, "/ledger-service", event.decidedAt(), null, made.sequence(), null, null);
            sent.add(LEDGER.send(EventRecords.record(
                    Topics.LEDGER_EVENTS, made.shard(), event.accountId().value(), event, metadata)));
        }
        sent.forEach(CompletableFuture::join);
    }

    HttpResponse<String> send(String method, String path, Map<String, String> headers) {
        return send(method, path, headers, "");
    }

    HttpResponse<String> send(String method, String path, Map<String, String> headers, String body) {
        return send(method, path, headers, body, HttpResponse.BodyHandlers.ofString());
    }

    /** What happens in an account, from now on; whoever has just started does not tell yet. */
    EventReader follow(Map<String, String> headers) {
        var answer = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> send("GET", "/internal/events", headers, "", HttpResponse.BodyHandlers.ofInputStream()),
                        one -> one.statusCode() == 200);
        return new EventReader(answer.body());
    }

    <T> HttpResponse<T> send(
            String method, String path, Map<String, String> headers, String body, HttpResponse.BodyHandler<T> handler) {
        var server = ((WebServerApplicationContext) context).getWebServer();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + path))
                .timeout(Duration.ofSeconds(30))
                .header(
                        "Authorization",
                        "Bearer " + new ServiceTokens(SECRET, Clock.systemUTC()).issue("test", "usage-service"))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return CLIENT.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode get(String account, String path) {
        var answer = send("GET", "/internal" + path, Map.of("gogogoapi-account", account));
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    JsonNode progress() {
        return JsonMapper.shared()
                .readTree(send("GET", "/internal/rebuild", Map.of()).body());
    }

    JsonNode rebuild() {
        return JsonMapper.shared()
                .readTree(send("POST", "/internal/rebuild", Map.of("gogogoapi-operator", "test"))
                        .body());
    }

    /** A part of it, as it runs. */
    <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    /** What is said of the shards. */
    Health health() {
        return Objects.requireNonNull(
                context.getBean("ledgerEvents", HealthIndicator.class).health());
    }

    /** The sequence to which a shard is read. */
    long sequenceOf(int shard) {
        for (var known : progress().path("shards")) {
            if (known.path("shard").asInt() == shard) {
                return known.path("sequence").asLong();
            }
        }
        return 0;
    }

    void awaitSequence(int shard, long sequence) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(sequenceOf(shard)).isGreaterThanOrEqualTo(sequence));
    }

    @Override
    public void close() {
        context.close();
    }
}
