package com.gogogoapi.pricing.page;

import com.gogogoapi.contracts.pricing.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The public page: one document that needs nothing else. Its style and its script are in it, and a content security policy
 * names exactly these two by their hashes, so that nothing anybody smuggles in would run.
 *
 * <p>Without scripts all of it is there; with them countdowns run and times are told in the reader's zone as well.
 */
@Component
final class PricingPage {

    private final String style = resource("pricing.css");
    private final String script = resource("pricing.js");

    private static String resource(String name) {
        try (var stream = PricingPage.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the class path lacks " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String securityPolicy() {
        return "default-src 'none'; style-src '%s'; script-src '%s'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
                .formatted(hash(style), hash(script));
    }

    private static String hash(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(sha);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    String html(List<Route> routes, Estimate estimate, Instant now) {
        var sold =
                routes.stream().filter(route -> route.priceAt(now).isPresent()).toList();
        var sections = sold.stream()
                .map(route -> RouteSection.html(route, now))
                .flatMap(Optional::stream)
                .toList();
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>Prices</title>
                <link rel="alternate" type="application/atom+xml" title="Price changes" href="/pricing/changes.atom">
                <style>%s</style>
                </head>
                <body>
                <header>
                <h1>Prices</h1>
                <p>In US dollars for one million tokens. As of %s.</p>
                <nav aria-label="On this page"><a href="#estimate">Estimate a request</a> <a href="#choose">Which one for what?</a> <a href="/pricing/changes.atom">Feed of changes</a> <a href="/api/v1/pricing">JSON</a></nav>
                </header>
                <main>
                %s
                %s
                %s
                %s
                </main>
                <footer><p>You are charged exactly tokens × price ÷ 1,000,000, at the price of the version your quote names, even if the price changes while your request runs. A published version never changes; a mistake is corrected by a new one.</p></footer>
                <script>%s</script>
                </body>
                </html>
                """.formatted(
                        style,
                        // So exact are the times told here: whoever has the page of this minute has the newest.
                        Html.time(now.truncatedTo(ChronoUnit.MINUTES)),
                        overview(sold, now),
                        EstimateForm.html(sold, estimate),
                        DecisionGuide.html(sold, now),
                        String.join("", sections),
                        script);
    }

    private static String overview(List<Route> sold, Instant now) {
        var rows = new StringBuilder();
        for (var route : sold) {
            var price = route.priceAt(now).orElseThrow();
            var until = price.validUntil();
            rows.append("<tr><th scope=\"row\"><a href=\"#%s\">%s</a>%s</th>%s</tr>"
                    .formatted(
                            Html.id(route.model()),
                            Html.escaped(route.model()),
                            until == null
                                    ? ""
                                    : "<br><span class=\"hint\">changes <span class=\"countdown\" data-until=\"%s\">in %s</span></span>"
                                            .formatted(until, Html.distance(now, until)),
                            RouteSection.cells(price.prices())));
        }
        return "<section aria-labelledby=\"now-title\"><h2 id=\"now-title\">Now</h2>"
                + RouteSection.table("Every model’s price now", "Model", rows) + "</section>";
    }
}
