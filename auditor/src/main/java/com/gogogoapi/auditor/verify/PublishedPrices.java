package com.gogogoapi.auditor.verify;

import static com.gogogoapi.auditor.verify.Discrepancy.require;

import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.pricing.PriceWindow;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.pricing.TokenPrices;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every price that was published, and whether a hold pins one that applied when its request was priced.
 *
 * <p>When that was no event says, but it can be bounded. A quote binds for a while; who executes it asks the ledger for a
 * hold ({@code QuoteRequested.requestedAt}), which the ledger refuses after {@code validUntil}, a while later. All three
 * compare the same numbers, whoever's clock they are from, so a request was priced no longer before its hold than both
 * whiles together. A quote-service that is cut off goes on selling what it knows for a third. And it was priced before it was
 * held, but by another clock, which may be a little ahead.
 *
 * <p>A version is in force from its {@code validFrom} on, and never before it was published: what was published later with an
 * earlier beginning can have been nobody's price in between.
 */
public final class PublishedPrices {

    /**
     * As installations come: {@code gogogoapi.quote.validity} 5 min, {@code gogogoapi.quote.decision-window} 30 s, {@code
     * gogogoapi.quote.prices-trusted-for} 30 s.
     */
    public static final Duration USUALLY_PRICED_WITHIN = Duration.ofMinutes(6);

    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

    private static final Comparator<RoutePricePublished> LAST_WORD = Comparator.comparing(
                    RoutePricePublished::validFrom)
            .thenComparing(RoutePricePublished::publishedAt)
            .thenComparing(RoutePricePublished::priceVersion);

    private final Map<String, RoutePricePublished> byName = new HashMap<>();
    private final Map<String, List<RoutePricePublished>> byModel = new HashMap<>();
    private final Duration pricedWithin;
    private @Nullable String problem;

    /**
     * @param versions as often as they were published
     * @param pricedWithin how long before its hold a request may have been priced
     */
    public PublishedPrices(Collection<RoutePricePublished> versions, Duration pricedWithin) {
        this.pricedWithin = pricedWithin;
        for (var version : versions) {
            var other = byName.put(version.priceVersion(), version);
            if (other == null) {
                byModel.computeIfAbsent(version.model(), model -> new ArrayList<>())
                        .add(version);
            } else if (!saysTheSame(version, other)) {
                problem = "price version " + version.priceVersion()
                        + " must be published as one thing for ever, and route-prices has it as two";
            }
        }
    }

    private static boolean saysTheSame(RoutePricePublished one, RoutePricePublished other) {
        return one.model().equals(other.model())
                && one.prices().equals(other.prices())
                && one.validFrom().equals(other.validFrom())
                && Objects.equals(one.schedule(), other.schedule());
    }

    /** What is wrong with the list of prices itself. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    void check(CreditReserved hold) throws Discrepancy {
        var version = byName.get(hold.priceVersion());
        if (version == null) {
            throw new Discrepancy("price version " + hold.priceVersion() + " must be one that route-prices has");
        }
        require(
                version.model().equals(hold.model()),
                "price version " + hold.priceVersion() + " must be one of the route that is held for, " + hold.model()
                        + ", and is of " + version.model());
        require(
                everyPriceOf(version).anyMatch(hold.prices()::equals),
                "the prices must be those published as " + hold.priceVersion());
        // Of nearly every hold; the rest is for those that were priced a while ago.
        if (!isInForce(version, hold.decidedAt())
                || !at(version, hold.decidedAt()).equals(hold.prices())) {
            checkAround(hold, version);
        }
    }

    private static Stream<TokenPrices> everyPriceOf(RoutePricePublished version) {
        var schedule = version.schedule();
        return Stream.concat(
                Stream.of(version.prices()),
                schedule == null ? Stream.empty() : schedule.windows().stream().map(PriceWindow::prices));
    }

    private void checkAround(CreditReserved hold, RoutePricePublished version) throws Discrepancy {
        var from = hold.decidedAt().minus(pricedWithin);
        var to = hold.decidedAt().plus(CLOCKS_APART);
        var wasInForce = false;
        for (var begin = from; !begin.isAfter(to); ) {
            var end = nextVersion(version.model(), begin, to);
            if (isInForce(version, begin)) {
                wasInForce = true;
                if (applies(version, hold.prices(), begin, end)) {
                    return;
                }
            }
            begin = end;
        }
        var when = " when the request was priced, from " + from + " to " + to;
        require(
                wasInForce,
                "price version " + hold.priceVersion() + " must have been in force" + when + ", and "
                        + inForceInstead(hold, version, to));
        throw new Discrepancy("the prices of " + hold.priceVersion() + " must be those that applied" + when
                + ", and are those of other hours");
    }

    private String inForceInstead(CreditReserved hold, RoutePricePublished version, Instant to) {
        if (beginOf(version).isAfter(to)) {
            return "began at " + beginOf(version);
        }
        var instead = inForce(version.model(), hold.decidedAt());
        return instead == null ? "none was" : instead.priceVersion() + " was";
    }

    private static Instant beginOf(RoutePricePublished version) {
        return version.publishedAt().isAfter(version.validFrom()) ? version.publishedAt() : version.validFrom();
    }

    private boolean isInForce(RoutePricePublished version, Instant at) {
        var last = inForce(version.model(), at);
        return last != null && last.priceVersion().equals(version.priceVersion());
    }

    private @Nullable RoutePricePublished inForce(String model, Instant at) {
        RoutePricePublished last = null;
        for (var version : byModel.getOrDefault(model, List.of())) {
            if (!beginOf(version).isAfter(at) && (last == null || LAST_WORD.compare(version, last) > 0)) {
                last = version;
            }
        }
        return last;
    }

    /** When the next version after that begins, or just after the end of what is looked at. */
    private Instant nextVersion(String model, Instant after, Instant to) {
        return byModel.getOrDefault(model, List.of()).stream()
                .map(PublishedPrices::beginOf)
                .filter(begin -> begin.isAfter(after) && !begin.isAfter(to))
                .min(Comparator.naturalOrder())
                .orElse(to.plusNanos(1));
    }

    private static boolean applies(RoutePricePublished version, TokenPrices prices, Instant from, Instant to) {
        for (var at = from; at.isBefore(to); ) {
            if (at(version, at).equals(prices)) {
                return true;
            }
            var schedule = version.schedule();
            at = schedule == null ? to : schedule.changeAfter(at, to).orElse(to);
        }
        return false;
    }

    private static TokenPrices at(RoutePricePublished version, Instant at) {
        var schedule = version.schedule();
        return schedule == null
                ? version.prices()
                : schedule.windowAt(at).map(PriceWindow::prices).orElse(version.prices());
    }
}
