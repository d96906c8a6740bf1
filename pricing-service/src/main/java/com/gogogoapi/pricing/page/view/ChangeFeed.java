package com.gogogoapi.pricing.page.view;

import com.gogogoapi.contracts.pricing.Route;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.pricing.wording.ScheduleWords;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Announced prices as an Atom feed, the newest announcement first. */
public record ChangeFeed(String id, String updated, List<Entry> entries) {

    private static final int MAX_ENTRIES = 100;

    public record Entry(String title, String id, String publishedAt, String publishedBy, String anchor, String text) {

        static Entry of(RoutePricePublished version) {
            return new Entry(
                    version.model() + " from " + new Moment(version.validFrom()).text(),
                    stableId(version.priceVersion()),
                    version.publishedAt().toString(),
                    version.publishedBy(),
                    ModelLink.to(version.model()).anchor(),
                    text(version));
        }

        private static String text(RoutePricePublished version) {
            var text = new StringBuilder();
            for (var tariff : ScheduleWords.of(version)) {
                var prices = ShownPrices.of(tariff.prices()).inWords();
                text.append("%s (%s): %s per million tokens. ".formatted(tariff.name(), tariff.when(), prices));
            }
            text.append("Source: ").append(version.source().url()).append('.');
            var reason = version.reason();
            return reason == null
                    ? text.toString()
                    : text.append(' ').append(reason).toString();
        }
    }

    public static ChangeFeed of(List<Route> routes) {
        var newest = routes.stream()
                .map(Route::prices)
                .flatMap(Collection::stream)
                .sorted(Comparator.comparing(RoutePricePublished::publishedAt)
                        .thenComparing(RoutePricePublished::priceVersion)
                        .reversed())
                .limit(MAX_ENTRIES)
                .toList();
        var updated = newest.isEmpty() ? Instant.EPOCH : newest.getFirst().publishedAt();
        return new ChangeFeed(
                stableId("changes"),
                updated.toString(),
                newest.stream().map(Entry::of).toList());
    }

    /** The same for the same version wherever the feed is served. */
    private static String stableId(String name) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(("gogogoapi price " + name).getBytes(StandardCharsets.UTF_8));
    }
}
