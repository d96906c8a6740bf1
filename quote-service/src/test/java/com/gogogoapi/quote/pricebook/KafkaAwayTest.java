package com.gogogoapi.quote.pricebook;

import static com.gogogoapi.fixtures.Prices.aPriceOf;
import static com.gogogoapi.fixtures.Prices.prices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.pricing.RouteLimits;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.Passwords;
import com.gogogoapi.quote.QuoteService;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker of its own, since it is taken away and brought back. */
@Tag("integration")
class KafkaAwayTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Instant START = Instant.parse("2026-04-26T12:15:00Z");
    private static final Duration SOON = Duration.ofMinutes(2);

    @Test
    void cutOffItSellsForAWhileThenRefusesAndSellsAgainOnceItKnows(@TempDir Path data) throws Exception {
        var passwords = Passwords.ofAllBrokerUsers();
        var kafka = EmbeddedKafka.start(data, 0, passwords);
        var port = Integer.parseInt(kafka.bootstrapServers().replaceAll(".*:", ""));
        try (var service = QuoteService.application()
                .run(kafka.as(BrokerUser.QUOTE_SERVICE)
                        .serviceArguments(
                                "--server.port=0",
                                "--gogogoapi.intake-secret=" + "quotes-in-tests-".repeat(2),
                                "--gogogoapi.internal-secret=" + SECRET,
                                "--gogogoapi.quote.signing-keys=" + SECRET,
                                "--gogogoapi.quote.prices-trusted-for=10s"))) {
            var book = service.getBean(PriceBook.class);
            try (var pricing =
                    KafkaClients.of(kafka.as(BrokerUser.PRICING_SERVICE).clientSettings(), "pricing")) {
                publish(pricing.publisher(Clock.systemUTC(), "/test"));
            }
            await().atMost(SOON).until(() -> sells(book).equals("sold"));

            kafka.close();
            assertThat(sells(book)).as("a price confirmed a moment ago").isEqualTo("sold");
            await().atMost(SOON).until(() -> sells(book).equals("prices_unconfirmed"));

            kafka = EmbeddedKafka.start(data, port, passwords);
            await().atMost(SOON).until(() -> sells(book).equals("sold"));
        } finally {
            kafka.close();
        }
    }

    private static String sells(PriceBook book) {
        try {
            book.sold("m", Instant.now());
            return "sold";
        } catch (ApiError e) {
            return e.code();
        }
    }

    private static void publish(EventPublisher publisher) {
        var version = aPriceOf("m", prices("1", "0", "2"), new RouteLimits(1_000, 500, 100), START);
        publisher
                .send(EventRecords.record(
                        Topics.ROUTE_PRICES,
                        null,
                        version.priceVersion(),
                        version,
                        EventMetadata.of(TimeOrderedIds.next(), "/test", START)))
                .join();
    }
}
