package com.gogogoapi.pricing.page;

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
final class ChangeFeed {

    private static final int MAX_ENTRIES = 100;

    private ChangeFeed() {}

    static String atom(List<Route> routes) {
        var newest = routes.stream()
                .map(Route::prices)
                .flatMap(Collection::stream)
                .sorted(Comparator.comparing(RoutePricePublished::publishedAt)
                        .thenComparing(RoutePricePublished::priceVersion)
                        .reversed())
                .limit(MAX_ENTRIES)
                .toList();
        var updated = newest.isEmpty() ? Instant.EPOCH : newest.getFirst().publishedAt();
        var entries = new StringBuilder();
        newest.forEach(version -> entries.append(entry(version)));
        return """
                <?xml version="1.0" encoding="utf-8"?>
                <feed xmlns="http://www.w3.org/2005/Atom">
                <title>Price changes</title>
                <id>%s</id>
                <updated>%s</updated>
                <link rel="self" href="/pricing/changes.atom"/>
                <link rel="alternate" type="text/html" href="/pricing"/>
                %s</feed>
                """.formatted(id("changes"), updated, entries);
    }

    private static String entry(RoutePricePublished version) {
        var text = new StringBuilder();
        for (var tariff : ScheduleWords.of(version)) {
            text.append("%s (%s): %s input, %s cached input, %s output per million tokens. "
                    .formatted(
                            tariff.name(),
                            tariff.when(),
                            Html.usd(tariff.prices().input()),
                            Html.usd(tariff.prices().cachedInput()),
                            Html.usd(tariff.prices().output())));
        }
        text.append("Source: ").append(version.source().url()).append('.');
        var reason = version.reason();
        if (reason != null) {
            text.append(' ').append(reason);
        }
        return """
                <entry>
                <title>%s from %s</title>
                <id>%s</id>
                <published>%s</published>
                <updated>%s</updated>
                <author><name>%s</name></author>
                <link rel="alternate" type="text/html" href="/pricing#%s"/>
                <content type="text">%s</content>
                </entry>
                """.formatted(
                        Html.escaped(version.model()),
                        Html.moment(version.validFrom()),
                        id(version.priceVersion()),
                        version.publishedAt(),
                        version.publishedAt(),
                        Html.escaped(version.publishedBy()),
                        Html.id(version.model()),
                        Html.escaped(text.toString()));
    }

    /** The same for the same version wherever the feed is served. */
    private static String id(String name) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(("gogogoapi price " + name).getBytes(StandardCharsets.UTF_8));
    }
}
