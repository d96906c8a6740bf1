package com.gogogoapi.pricing.page;

import com.gogogoapi.contracts.pricing.PriceAt;
import com.gogogoapi.contracts.pricing.PriceVersions;
import com.gogogoapi.contracts.pricing.Route;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.pricing.wording.ScheduleWords;
import java.time.Instant;
import java.util.Optional;

/** All about one route: its price now, its hours, what comes next, where the price was read, how it came to be. */
final class RouteSection {

    private static final int CHANGES_AHEAD = 4;
    private static final int MAX_HISTORY_ROWS = 50;

    private RouteSection() {}

    /** Empty for a route that has no price in force. */
    static Optional<String> html(Route route, Instant now) {
        var version = PriceVersions.inForce(route.prices(), now);
        var price = route.priceAt(now);
        if (version.isEmpty() || price.isEmpty()) {
            return Optional.empty();
        }
        var id = Html.id(route.model());
        return Optional.of("""
                <section id="%s" aria-labelledby="%s-title" class="route">
                <h2 id="%s-title">%s</h2>
                %s
                %s
                %s
                <p class="source">Source: <a href="%s" rel="nofollow noopener">%s</a>, read %s%s. Published by %s on %s%s. Version <code>%s</code>.</p>
                <h3>How the price came to be</h3>
                %s
                <p class="legend"><span class="input">input</span> <span class="output">output</span> in US dollars per million tokens%s</p>
                %s
                </section>
                """.formatted(
                id,
                id,
                id,
                Html.escaped(route.model()),
                now(version.get(), price.get()),
                tariffs(route, version.get(), price.get()),
                ahead(route, now),
                Html.escaped(version.get().source().url()),
                Html.escaped(version.get().source().url()),
                Html.time(version.get().source().retrievedAt()),
                hash(version.get()),
                Html.escaped(version.get().publishedBy()),
                Html.time(version.get().publishedAt()),
                reason(version.get()),
                Html.escaped(version.get().priceVersion()),
                HistoryChart.of(route, now).orElse(""),
                route.prices().stream().anyMatch(one -> one.schedule() != null) ? "; dashed: at other hours" : "",
                history(route)));
    }

    private static String now(RoutePricePublished version, PriceAt price) {
        var limits = version.limits();
        return """
                <p class="now"><strong>%s</strong> input, <strong>%s</strong> cached input, <strong>%s</strong> output <span class="hint">per million tokens, %s</span></p>
                <p class="hint">Up to %s tokens of context, up to %s of completion (%s unless you ask).</p>
                """.formatted(
                        Html.usd(price.prices().input()),
                        Html.usd(price.prices().cachedInput()),
                        Html.usd(price.prices().output()),
                        Html.escaped(ScheduleWords.name(version, price.window()).toLowerCase(java.util.Locale.ROOT)),
                        Html.number(limits.contextTokens()),
                        Html.number(limits.maxCompletionTokens()),
                        Html.number(limits.defaultMaxCompletionTokens()));
    }

    private static String tariffs(Route route, RoutePricePublished version, PriceAt price) {
        if (version.schedule() == null) {
            return "";
        }
        var current = ScheduleWords.name(version, price.window());
        var rows = new StringBuilder();
        for (var tariff : ScheduleWords.of(version)) {
            var isNow = tariff.name().equals(current);
            rows.append("<tr%s><th scope=\"row\">%s%s<br><span class=\"hint\">%s</span></th>%s</tr>"
                    .formatted(
                            isNow ? " class=\"current\"" : "",
                            Html.escaped(tariff.name()),
                            isNow ? " <span class=\"badge\">now</span>" : "",
                            Html.escaped(tariff.when()),
                            cells(tariff.prices())));
        }
        return table("Hours and prices of " + route.model(), "When", rows);
    }

    private static String ahead(Route route, Instant now) {
        var items = new StringBuilder();
        var at = now;
        for (var i = 0; i < CHANGES_AHEAD; i++) {
            var next = route.priceAt(at).map(PriceAt::validUntil);
            if (next.isEmpty()) {
                break;
            }
            at = next.get();
            items.append("<li>").append(change(route, at, i == 0 ? now : null)).append("</li>");
        }
        return items.isEmpty()
                ? "<p>No change of this price is scheduled.</p>"
                : "<h3>What comes next</h3><ul class=\"ahead\">" + items + "</ul>";
    }

    private static String change(Route route, Instant at, @org.jspecify.annotations.Nullable Instant countedFrom) {
        var then = route.priceAt(at).orElseThrow();
        var version = PriceVersions.inForce(route.prices(), at).orElseThrow();
        var countdown = countedFrom == null
                ? ""
                : " <span class=\"countdown\" data-until=\"%s\">in %s</span>"
                        .formatted(at, Html.distance(countedFrom, at));
        return "%s%s: %s, %s input, %s cached input, %s output"
                .formatted(
                        Html.time(at),
                        countdown,
                        Html.escaped(ScheduleWords.name(version, then.window()).toLowerCase(java.util.Locale.ROOT)),
                        Html.usd(then.prices().input()),
                        Html.usd(then.prices().cachedInput()),
                        Html.usd(then.prices().output()));
    }

    private static String hash(RoutePricePublished version) {
        var sha256 = version.source().contentSha256();
        return sha256 == null ? "" : " (SHA-256 of what was seen: <code class=\"hash\">" + sha256 + "</code>)";
    }

    private static String reason(RoutePricePublished version) {
        var reason = version.reason();
        return reason == null ? "" : ": " + Html.escaped(reason);
    }

    private static String history(Route route) {
        var rows = new StringBuilder();
        for (var version : HistoryChart.effective(route).reversed().stream()
                .limit(MAX_HISTORY_ROWS)
                .toList()) {
            for (var tariff : ScheduleWords.of(version)) {
                rows.append("<tr><th scope=\"row\">from %s<br><span class=\"hint\">%s%s</span></th>%s</tr>"
                        .formatted(
                                Html.time(version.validFrom()),
                                Html.escaped(tariff.name()),
                                reason(version),
                                cells(tariff.prices())));
            }
        }
        return table("Every price of " + route.model(), "Valid", rows)
                + "<p class=\"hint\"><a href=\"/api/v1/pricing/" + Html.escaped(route.model())
                + "/history\">The whole history as JSON</a></p>";
    }

    static String table(String caption, String first, CharSequence rows) {
        return """
                <div class="wide" role="region" aria-label="%s" tabindex="0"><table>
                <caption>%s</caption>
                <thead><tr><th scope="col">%s</th><th scope="col" class="number">Input</th><th scope="col" class="number">Cached</th><th scope="col" class="number">Output</th></tr></thead>
                <tbody>%s</tbody></table></div>
                """.formatted(Html.escaped(caption), Html.escaped(caption), Html.escaped(first), rows);
    }

    static String cells(TokenPrices prices) {
        return "<td class=\"number\">%s</td><td class=\"number\">%s</td><td class=\"number\">%s</td>"
                .formatted(Html.usd(prices.input()), Html.usd(prices.cachedInput()), Html.usd(prices.output()));
    }
}
