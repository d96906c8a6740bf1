package com.gogogoapi.quote.pricebook;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.Offer;
import com.gogogoapi.contracts.pricing.Route;
import com.gogogoapi.contracts.pricing.RouteNames;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * All that was published about routes, as far as this instance has heard, and until when that is to be trusted. Grows with
 * the book itself, which only operators write.
 *
 * <p>A price is sold only while Kafka has confirmed, a short time ago, that this instance has heard all there is: whoever
 * is cut off cannot know whether its prices are still valid, so it refuses instead of guessing.
 */
@Component
public class PriceBook {

    /** How long an offer worked out once is used again: far less than a schedule looks ahead. */
    private static final Duration KEEP_OFFER = Duration.ofHours(1);

    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final Map<String, KeptOffer> offers = new ConcurrentHashMap<>();
    private final Duration trustedFor;
    private final Clock clock;
    private volatile RouteNames names = RouteNames.of(List.of());
    private volatile @Nullable Instant confirmedAt;

    PriceBook(
            @Value("${gogogoapi.quote.prices-trusted-for:30s}") Duration trustedFor,
            Clock clock,
            MeterRegistry meters) {
        this.trustedFor = trustedFor;
        this.clock = clock;
        Gauge.builder("gogogoapi.quote.prices.confirmed.age.seconds", this::secondsSinceConfirmed)
                .description("Since Kafka last confirmed that all prices are known here; -1 before the first time")
                .register(meters);
    }

    /** An offer and the time in which nothing changes it, so that not every quote works it out anew. */
    private record KeptOffer(Route route, Instant from, Instant until, Offer offer) {

        boolean holdsFor(@Nullable Route asked, Instant at) {
            return asked == route && !at.isBefore(from) && at.isBefore(until);
        }
    }

    /** Called by one thread, which follows the topic. */
    void update(String model, UnaryOperator<Route> change) {
        var before = routes.getOrDefault(model, Route.unknown(model));
        var after = change.apply(before);
        routes.put(model, after);
        if (!after.aliases().equals(before.aliases()) || before.prices().isEmpty()) {
            names = RouteNames.of(routes.values());
        }
    }

    /** The route that answers to that name; a name that nothing is known of stays as it is. */
    public String routeOf(String name) {
        return names.routeOf(name);
    }

    /** All that was published up to now is known here. */
    void confirmed() {
        confirmedAt = clock.instant();
    }

    boolean isTrusted() {
        var confirmed = confirmedAt;
        return confirmed != null && clock.instant().isBefore(confirmed.plus(trustedFor));
    }

    @Nullable
    Instant confirmedAt() {
        return confirmedAt;
    }

    private Number secondsSinceConfirmed() {
        var confirmed = confirmedAt;
        return confirmed == null
                ? -1L
                : Duration.between(confirmed, clock.instant()).toSeconds();
    }

    /**
     * What that route is sold for at that instant.
     *
     * @throws ApiError 404 for an unknown or not yet priced route; 503 if it is suspended, or if this instance has been cut
     *     off too long to know
     */
    public Offer.Sold sold(String model, Instant at) {
        if (!isTrusted()) {
            throw ApiError.unavailable(
                            "prices_unconfirmed",
                            "It cannot be confirmed at present which prices are valid; nothing was charged. Try again.")
                    .withDetail("prices_confirmed_at", String.valueOf(confirmedAt))
                    .withShouldRetry(true);
        }
        return switch (offer(model, at)) {
            case Offer.Sold sold -> sold;
            case Offer.Unpriced unpriced -> throw ApiError.modelNotFound(unpriced.model());
            case Offer.Suspended suspended -> throw suspended(suspended, at);
        };
    }

    private static ApiError suspended(Offer.Suspended suspended, Instant at) {
        var error = ApiError.unavailable(
                        "route_suspended",
                        "The model '" + suspended.model()
                                + "' is not sold at present: the upstream charges more for it than its price here.")
                .withShouldRetry(false);
        var until = suspended.until();
        return until == null
                ? error
                : error.withDetail("suspended_until_at_least", until)
                        .withHeader(
                                "Retry-After",
                                Long.toString(1 + Duration.between(at, until).toSeconds()));
    }

    private Offer offer(String model, Instant at) {
        var route = routes.get(model);
        if (route == null) {
            return new Offer.Unpriced(model);
        }
        var kept = offers.get(model);
        if (kept != null && kept.holdsFor(route, at)) {
            return kept.offer();
        }
        var offer = route.offerAt(at);
        var latest = at.plus(KEEP_OFFER);
        var until = route.turnAfter(at).filter(latest::isAfter).orElse(latest);
        offers.put(model, new KeptOffer(route, at, until, offer));
        return offer;
    }

    /** All other routes that are sold at that instant. */
    public List<Offer.Sold> soldBeside(String model, Instant at) {
        return routes.keySet().stream()
                .filter(other -> !other.equals(model))
                .map(other -> offer(other, at))
                .<Offer.Sold>mapMulti((offer, sink) -> {
                    if (offer instanceof Offer.Sold sold) {
                        sink.accept(sold);
                    }
                })
                .toList();
    }

    List<String> models() {
        return routes.keySet().stream().sorted().toList();
    }
}
