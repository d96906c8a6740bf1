package com.gogogoapi.quote.pricebook;

import static com.gogogoapi.fixtures.Prices.aPriceNamed;
import static com.gogogoapi.fixtures.Prices.prices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.RouteLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PriceBookTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private Instant now = START;
    private final PriceBook book = new PriceBook(Duration.ofSeconds(30), new SetClock(), new SimpleMeterRegistry());

    private final class SetClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private void publish(String name, String input, Instant validFrom) {
        book.update(
                "m",
                route -> route.with(
                        aPriceNamed(name, "m", prices(input, "0", "1"), new RouteLimits(1_000, 100, 50), validFrom)));
    }

    @Test
    void cutOffFromKafkaItSellsOnlyAsLongAsItsPricesAreTrusted() {
        publish("a", "1", START);
        assertThatThrownBy(() -> book.sold("m", now))
                .as("before Kafka has confirmed anything")
                .isInstanceOfSatisfying(
                        ApiError.class, error -> assertThat(error.code()).isEqualTo("prices_unconfirmed"));
        book.confirmed();
        now = START.plusSeconds(29);
        assertThat(book.sold("m", now).price().version()).isEqualTo("a");
        now = START.plusSeconds(30);
        assertThatThrownBy(() -> book.sold("m", now)).isInstanceOfSatisfying(ApiError.class, error -> {
            assertThat(error.status()).isEqualTo(503);
            assertThat(error.headers()).containsEntry("x-should-retry", "true");
        });
        book.confirmed();
        assertThat(book.sold("m", now).price().version()).isEqualTo("a");
    }

    @Test
    void aKeptOfferEndsWithItsPriceAndWithTheNextPublication() {
        publish("a", "1", START);
        publish("b", "2", START.plusSeconds(10));
        book.confirmed();
        assertThat(book.sold("m", START.plusSeconds(10).minusNanos(1)).price().version())
                .isEqualTo("a");
        assertThat(book.sold("m", START.plusSeconds(10)).price().version()).isEqualTo("b");
        publish("c", "3", START.plusSeconds(11));
        assertThat(book.sold("m", START.plusSeconds(11)).price().version()).isEqualTo("c");
        assertThat(book.sold("m", START).price().version())
                .as("asked of an earlier instant")
                .isEqualTo("a");
    }
}
