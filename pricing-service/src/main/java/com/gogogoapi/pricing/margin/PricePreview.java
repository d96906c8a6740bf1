package com.gogogoapi.pricing.margin;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.PriceVersions;
import com.gogogoapi.contracts.pricing.Route;
import com.gogogoapi.contracts.pricing.RouteCostRecorded;
import com.gogogoapi.contracts.pricing.RouteLimits;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.pricing.book.NewVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tokens that were used would be charged at a price that is only proposed, and what the upstream would charge for them by
 * the cost of when the price begins. Windows of both count as they fell on what was used; exact where a window begins and ends on
 * a quarter of an hour, which is how finely usage is known. Pure.
 *
 * @param charged what was charged for it
 * @param proposed what would be
 * @param cost what the upstream would charge; null where no cost of the route is known
 * @param losses times of the week from its beginning on at which the price would be below the cost
 */
record PricePreview(
        long requests,
        long promptTokens,
        long cachedPromptTokens,
        long completionTokens,
        Usd charged,
        Usd proposed,
        @Nullable Usd cost,
        List<Route.Loss> losses) {

    /** Limits of a version that is no route's: nothing here looks at them. */
    private static final RouteLimits ANY = new RouteLimits(1, 1, 1);

    private static final String PROPOSED = "proposed";

    /** What all used of it in a quarter of an hour. */
    record Quarter(
            Instant at, long requests, long promptTokens, long cachedPromptTokens, long completionTokens, Usd charged) {

        Usd costAt(TokenPrices prices) {
            return prices.input()
                    .costOf(promptTokens - cachedPromptTokens)
                    .plus(prices.cachedInput().costOf(cachedPromptTokens))
                    .plus(prices.output().costOf(completionTokens));
        }
    }

    /** @param start when the proposed version begins */
    static PricePreview of(NewVersion asked, Instant start, List<RouteCostRecorded> costs, List<Quarter> used) {
        var price = new RoutePricePublished(
                PROPOSED,
                asked.model(),
                asked.prices(),
                ANY,
                Instant.EPOCH,
                asked.source(),
                asked.announcedBy(),
                start,
                asked.schedule(),
                asked.reason());
        var proposed = Route.unknown(asked.model()).with(price);
        var then = PriceVersions.inForce(costs, start).map(PricePreview::always);
        var whole = new PricePreview(0, 0, 0, 0, Usd.ZERO, Usd.ZERO, then.isPresent() ? Usd.ZERO : null, List.of());
        for (var quarter : used) {
            whole = whole.plus(quarter, proposed, then);
        }
        var withCosts = proposed;
        for (var cost : costs) {
            withCosts = withCosts.with(cost);
        }
        return whole.with(withCosts.losses(start, start.plus(MarginGuard.AHEAD)));
    }

    /** The same prices and windows, as if they had been in force ever since. */
    private static Route always(RouteCostRecorded cost) {
        return Route.unknown(cost.model())
                .with(new RouteCostRecorded(
                        cost.costVersion(),
                        cost.model(),
                        cost.prices(),
                        Instant.EPOCH,
                        cost.source(),
                        cost.recordedBy(),
                        cost.recordedAt(),
                        cost.schedule(),
                        cost.reason()));
    }

    private PricePreview plus(Quarter quarter, Route price, Optional<Route> costs) {
        return new PricePreview(
                requests + quarter.requests(),
                promptTokens + quarter.promptTokens(),
                cachedPromptTokens + quarter.cachedPromptTokens(),
                completionTokens + quarter.completionTokens(),
                charged.plus(quarter.charged()),
                proposed.plus(
                        quarter.costAt(price.priceAt(quarter.at()).orElseThrow().prices())),
                cost == null
                        ? null
                        : cost.plus(costs.flatMap(route -> route.costAt(quarter.at()))
                                .map(at -> quarter.costAt(at.prices()))
                                .orElseThrow()),
                losses);
    }

    private PricePreview with(List<Route.Loss> found) {
        return new PricePreview(
                requests, promptTokens, cachedPromptTokens, completionTokens, charged, proposed, cost, found);
    }
}
