package com.gogogoapi.contracts.pricing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that was published about one route, and what follows from it. Immutable and pure: adding the same events in any
 * order and any number gives an equal route, which is what a compacted topic needs.
 *
 * @param prices in the order of {@link PriceVersions#IN_FORCE_FIRST}
 * @param costs in the same order
 * @param lossPolicy the one set last; null where none was, which is to sell
 * @param aliasesSet the one set last; null where none was, which is to have none
 */
public record Route(
        String model,
        List<RoutePricePublished> prices,
        List<RouteCostRecorded> costs,
        @Nullable RouteLossPolicySet lossPolicy,
        @Nullable RouteAliasesSet aliasesSet) {

    /** How many turns of price or cost are looked at for losses: 32 windows a day for weeks; more is no price list. */
    private static final int MAX_TURNS = 10_000;

    public Route {
        prices = prices.stream().sorted(PriceVersions.IN_FORCE_FIRST).toList();
        costs = costs.stream().sorted(PriceVersions.IN_FORCE_FIRST).toList();
    }

    public static Route unknown(String model) {
        return new Route(model, List.of(), List.of(), null, null);
    }

    public Route with(RoutePricePublished price) {
        return new Route(model, added(prices, price), costs, lossPolicy, aliasesSet);
    }

    public Route with(RouteCostRecorded cost) {
        return new Route(model, prices, added(costs, cost), lossPolicy, aliasesSet);
    }

    public Route with(RouteLossPolicySet policy) {
        var latest = lossPolicy == null || !policy.setAt().isBefore(lossPolicy.setAt()) ? policy : lossPolicy;
        return new Route(model, prices, costs, latest, aliasesSet);
    }

    public Route with(RouteAliasesSet aliases) {
        var latest = aliasesSet == null || !aliases.setAt().isBefore(aliasesSet.setAt()) ? aliases : aliasesSet;
        return new Route(model, prices, costs, lossPolicy, latest);
    }

    private static <V extends PriceVersion> List<V> added(List<V> versions, V more) {
        var all = new ArrayList<>(versions);
        all.removeIf(version -> version.version().equals(more.version()));
        all.add(more);
        return all;
    }

    public LossPolicy onLoss() {
        return lossPolicy == null ? LossPolicy.SELL : lossPolicy.policy();
    }

    /** The other names that it answers to. */
    public List<String> aliases() {
        return aliasesSet == null ? List.of() : aliasesSet.aliases();
    }

    public Optional<PriceAt> priceAt(Instant at) {
        return PriceVersions.at(prices, at);
    }

    public Optional<PriceAt> costAt(Instant at) {
        return PriceVersions.at(costs, at);
    }

    public Offer offerAt(Instant at) {
        var version = PriceVersions.inForce(prices, at);
        var price = priceAt(at);
        if (version.isEmpty() || price.isEmpty()) {
            return new Offer.Unpriced(model);
        }
        if (onLoss() == LossPolicy.SUSPEND) {
            var cost = costAt(at);
            if (cost.isPresent() && price.get().prices().isBelow(cost.get().prices())) {
                return new Offer.Suspended(model, turnAfter(at).orElse(null));
            }
        }
        return new Offer.Sold(version.get(), price.get());
    }

    /**
     * A time in which the price is below the cost.
     *
     * @param from when it begins, or when the search began
     * @param until when it ends; null if it lasts beyond the search
     * @param price and
     * @param cost as they are when it begins; either may turn within it without ending the loss
     */
    public record Loss(Instant from, @Nullable Instant until, PriceAt price, PriceAt cost) {}

    /**
     * Every time of loss that begins before {@code to}, in order. Exact: between two turns of price and cost neither
     * changes, so looking once between each two of them misses nothing.
     */
    public List<Loss> losses(Instant from, Instant to) {
        var losses = new ArrayList<Loss>();
        @Nullable Loss open = null;
        var at = from;
        for (var turns = 0; at.isBefore(to) && turns < MAX_TURNS; turns++) {
            var price = priceAt(at);
            var cost = costAt(at);
            var losing = price.isPresent()
                    && cost.isPresent()
                    && price.get().prices().isBelow(cost.get().prices());
            if (losing && open == null) {
                open = new Loss(at, null, price.get(), cost.get());
            } else if (!losing && open != null) {
                losses.add(new Loss(open.from(), at, open.price(), open.cost()));
                open = null;
            }
            at = turnAfter(at).orElse(to);
        }
        if (open != null) {
            losses.add(open);
        }
        return losses;
    }

    /** The first instant after this at which the price or the cost turns, as far as is known. */
    public Optional<Instant> turnAfter(Instant at) {
        return Stream.of(turnOf(prices, at), turnOf(costs, at))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private static Optional<Instant> turnOf(List<? extends PriceVersion> versions, Instant at) {
        var inForce = PriceVersions.at(versions, at);
        return inForce.isPresent()
                ? inForce.flatMap(price -> Optional.ofNullable(price.validUntil()))
                : PriceVersions.nextStart(versions, at);
    }
}
