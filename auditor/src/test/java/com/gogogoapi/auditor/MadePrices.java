package com.gogogoapi.auditor;

import static com.gogogoapi.fixtures.Prices.prices;

import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.pricing.PriceSchedule;
import com.gogogoapi.contracts.pricing.PriceSource;
import com.gogogoapi.contracts.pricing.PriceVersions;
import com.gogogoapi.contracts.pricing.PriceWindow;
import com.gogogoapi.contracts.pricing.RouteLimits;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.KafkaAccess;
import com.gogogoapi.fixtures.Prices;
import com.gogogoapi.fixtures.Route;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** What made customers are sold: one route with a peak every day, and one whose price turns while they buy. */
final class MadePrices {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TURN = Instant.parse("2026-11-01T06:00:00Z");

    private static final PriceWindow PEAK = new PriceWindow(
            "peak",
            EnumSet.allOf(DayOfWeek.class),
            LocalTime.of(8, 0),
            LocalTime.of(20, 0),
            PriceWindow.OnHolidays.AS_USUAL,
            prices("0.28", "0.0056", "0.56"));

    static final List<RoutePricePublished> ALL = List.of(
            version(
                    Route.FLASH,
                    "@1",
                    Prices.FLASH,
                    BEGIN,
                    new PriceSchedule(ZoneId.of("Asia/Shanghai"), null, List.of(PEAK))),
            version(Route.PRO, "@1", Prices.PRO, BEGIN, null),
            version(Route.PRO, "@2", prices("0.5", "0.004", "1"), TURN, null));

    /** The same two routes at what fixtures say, at all hours. */
    static final List<RoutePricePublished> USUAL = List.of(
            version(Route.FLASH, "@1", Prices.FLASH, BEGIN, null), version(Route.PRO, "@1", Prices.PRO, BEGIN, null));

    private MadePrices() {}

    private static RoutePricePublished version(
            Route route, String name, TokenPrices prices, Instant from, @Nullable PriceSchedule schedule) {
        return new RoutePricePublished(
                route.model() + name,
                route.model(),
                prices,
                new RouteLimits(1_000_000, 100_000, 10_000),
                from,
                new PriceSource("https://example.com/prices", from),
                "test",
                from,
                schedule,
                null);
    }

    /** What the route is sold for at that instant. */
    static Route at(Route route, Instant at) {
        var price = PriceVersions.at(
                        ALL.stream()
                                .filter(version -> version.model().equals(route.model()))
                                .toList(),
                        at)
                .orElseThrow();
        return new Route(route.model(), price.version(), price.prices());
    }

    /** When the price of the route with a peak turns next. */
    static Instant turnAfter(Instant at) {
        return Objects.requireNonNull(
                PriceVersions.at(ALL.subList(0, 1), at).orElseThrow().validUntil());
    }

    static void publish(KafkaAccess kafka, List<RoutePricePublished> versions) {
        try (var admin = Admin.create(kafka.clientSettings())) {
            admin.createTopics(List.of(new NewTopic(Topics.ROUTE_PRICES, 1, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new AssertionError(e);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        try (var producer =
                new KafkaProducer<>(kafka.clientSettings(), new StringSerializer(), new ByteArraySerializer())) {
            for (var version : versions) {
                producer.send(EventRecords.record(Topics.ROUTE_PRICES, 0, version.priceVersion(), version, metadata()));
            }
            producer.flush();
        }
    }

    private static EventMetadata metadata() {
        return EventMetadata.of(UUID.randomUUID(), "/pricing-service", BEGIN);
    }
}
