package com.gogogoapi.pricing.page.view;

import com.gogogoapi.contracts.pricing.PriceAt;
import com.gogogoapi.contracts.pricing.PriceVersions;
import com.gogogoapi.contracts.pricing.Route;
import com.gogogoapi.contracts.pricing.RouteLimits;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.pricing.wording.ScheduleWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All about one route: its price now, its hours, what comes next, where the price was read, how it came to be.
 *
 * @param tariffNow the name of what applies now: {@code off-peak}
 * @param tariffs the hours and their prices; empty if the price is the same at all hours
 * @param hasWindows whether any version, past or to come, has hours
 */
public record RouteSection(
        ModelLink link,
        String tariffNow,
        ShownPrices pricesNow,
        Limits limits,
        List<Tariff> tariffs,
        List<Change> changes,
        Origin origin,
        HistoryChart chart,
        boolean hasWindows,
        List<PastPrice> history) {

    private static final int MAX_CHANGES = 4;
    private static final int MAX_HISTORY_ROWS = 50;

    public record Limits(String context, String maxCompletion, String defaultMaxCompletion) {
        static Limits of(RouteLimits limits) {
            return new Limits(
                    grouped(limits.contextTokens()),
                    grouped(limits.maxCompletionTokens()),
                    grouped(limits.defaultMaxCompletionTokens()));
        }

        private static String grouped(long tokens) {
            return String.format(Locale.ENGLISH, "%,d", tokens);
        }
    }

    public record Tariff(String name, String when, boolean isNow, ShownPrices prices) {}

    /**
     * What applies from a moment on.
     *
     * @param countdown for the next change alone; null for those after it
     */
    public record Change(Moment at, @Nullable Countdown countdown, String tariff, ShownPrices prices) {}

    /** Where the price was read, and who published it. */
    public record Origin(
            String url,
            Moment retrievedAt,
            @Nullable String contentSha256,
            String publishedBy,
            Moment publishedAt,
            @Nullable String reason,
            String priceVersion) {

        static Origin of(RoutePricePublished version) {
            return new Origin(
                    version.source().url(),
                    new Moment(version.source().retrievedAt()),
                    version.source().contentSha256(),
                    version.publishedBy(),
                    new Moment(version.publishedAt()),
                    version.reason(),
                    version.priceVersion());
        }
    }

    public record PastPrice(
            Moment validFrom, String tariff, @Nullable String reason, ShownPrices prices) {}

    /** @param route with a price in force */
    static RouteSection of(Route route, Instant now) {
        var version = PriceVersions.inForce(route.prices(), now).orElseThrow();
        var price = route.priceAt(now).orElseThrow();
        var effective = effective(route);
        return new RouteSection(
                ModelLink.to(route.model()),
                tariffName(version, price),
                ShownPrices.of(price.prices()),
                Limits.of(version.limits()),
                version.schedule() == null ? List.of() : tariffs(version, price),
                changes(route, now),
                Origin.of(version),
                HistoryChart.of(effective, now),
                route.prices().stream().anyMatch(one -> one.schedule() != null),
                history(effective));
    }

    /** The versions that ever applied or will, oldest first: one corrected before it began never did. */
    private static List<RoutePricePublished> effective(Route route) {
        return route.prices().reversed().stream()
                .filter(version -> PriceVersions.inForce(route.prices(), version.validFrom())
                        .filter(version::equals)
                        .isPresent())
                .toList();
    }

    private static String tariffName(RoutePricePublished version, PriceAt price) {
        return ScheduleWords.name(version, price.window()).toLowerCase(Locale.ROOT);
    }

    private static List<Tariff> tariffs(RoutePricePublished version, PriceAt price) {
        var current = ScheduleWords.name(version, price.window());
        return ScheduleWords.of(version).stream()
                .map(tariff -> new Tariff(
                        tariff.name(), tariff.when(), tariff.name().equals(current), ShownPrices.of(tariff.prices())))
                .toList();
    }

    private static List<Change> changes(Route route, Instant now) {
        var changes = new ArrayList<Change>();
        var next = route.priceAt(now).map(PriceAt::validUntil);
        while (next.isPresent() && changes.size() < MAX_CHANGES) {
            var at = next.get();
            var price = route.priceAt(at).orElseThrow();
            var version = PriceVersions.inForce(route.prices(), at).orElseThrow();
            changes.add(new Change(
                    new Moment(at),
                    changes.isEmpty() ? Countdown.between(now, at) : null,
                    tariffName(version, price),
                    ShownPrices.of(price.prices())));
            next = route.priceAt(at).map(PriceAt::validUntil);
        }
        return changes;
    }

    private static List<PastPrice> history(List<RoutePricePublished> effective) {
        return effective.reversed().stream()
                .limit(MAX_HISTORY_ROWS)
                .flatMap(version -> ScheduleWords.of(version).stream()
                        .map(tariff -> new PastPrice(
                                new Moment(version.validFrom()),
                                tariff.name(),
                                version.reason(),
                                ShownPrices.of(tariff.prices()))))
                .toList();
    }
}
