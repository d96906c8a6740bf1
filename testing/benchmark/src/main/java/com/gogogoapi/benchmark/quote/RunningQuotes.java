package com.gogogoapi.benchmark.quote;

import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.identity.ServiceTokens;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.pricing.RouteLimits;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.Passwords;
import com.gogogoapi.fixtures.Prices;
import com.gogogoapi.quote.QuoteService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A quote-service as it ships, in this process, with a Kafka and a route of its own. */
final class RunningQuotes implements AutoCloseable {

    static final String MODEL = "bench";

    /** Opens doors on this machine's loopback address for as long as the benchmark runs. */
    private static final String SECRET = "the benchmark's own and of no use elsewhere";

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int TRIES = 200;
    private static final long BETWEEN_TRIES_MILLIS = 50;

    private final Path folder;
    private final EmbeddedKafka kafka;
    private final ConfigurableApplicationContext service;

    private RunningQuotes(Path folder, EmbeddedKafka kafka, ConfigurableApplicationContext service) {
        this.folder = folder;
        this.kafka = kafka;
        this.service = service;
    }

    static RunningQuotes start(Path folder) throws IOException, InterruptedException {
        delete(folder);
        Files.createDirectories(folder);
        var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, Passwords.ofAllBrokerUsers());
        try {
            var running = new RunningQuotes(folder, kafka, service(kafka));
            running.publishRoute();
            return running;
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    private static ConfigurableApplicationContext service(EmbeddedKafka kafka) {
        return QuoteService.application()
                .registerShutdownHook(false)
                .run(kafka.as(BrokerUser.QUOTE_SERVICE)
                        .serviceArguments(
                                "--server.port=0",
                                "--server.address=127.0.0.1",
                                "--gogogoapi.intake-secret=" + "quotes-in-tests-".repeat(2),
                                "--gogogoapi.internal-secret=" + SECRET,
                                "--gogogoapi.quote.signing-keys=" + SECRET));
    }

    private void publishRoute() throws InterruptedException {
        var price = Prices.aPriceOf(MODEL, Prices.FLASH, new RouteLimits(2_000_000, 393_216, 32_768), START);
        try (var clients = KafkaClients.of(kafka.as(BrokerUser.PRICING_SERVICE).clientSettings(), "benchmark")) {
            clients.publisher(Clock.systemUTC(), "/benchmark")
                    .send(EventRecords.record(
                            Topics.ROUTE_PRICES,
                            null,
                            price.priceVersion(),
                            price,
                            EventMetadata.of(TimeOrderedIds.next(), "/benchmark", START)))
                    .join();
        }
        var load = load();
        var request = new Prompts().requests(MODEL, 10, 1).getFirst();
        for (var tried = 1; ; tried++) {
            try {
                load.quote(request);
                return;
            } catch (IOException e) {
                if (tried == TRIES) {
                    throw new IllegalStateException("The route must be quoted.", e);
                }
                Thread.sleep(BETWEEN_TRIES_MILLIS);
            }
        }
    }

    QuotingLoad load() {
        var server = ((WebServerApplicationContext) service).getWebServer();
        if (server == null) {
            throw new IllegalStateException("A service must have a web server.");
        }
        var tokens = new ServiceTokens(SECRET, Clock.systemUTC());
        return new QuotingLoad(server.getPort(), () -> "Bearer " + tokens.issue("benchmark", "quote-service"));
    }

    @Override
    public void close() throws IOException {
        service.close();
        kafka.close();
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
