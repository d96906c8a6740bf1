package com.gogogoapi.pricing.page;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.PriceAt;
import com.gogogoapi.contracts.pricing.Route;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which route for what: what a dollar buys of each, and what follows from the prices themselves. */
final class DecisionGuide {

    private DecisionGuide() {}

    /** A kind of request that people can picture. */
    private record Task(String name, TokenUsage usage) {}

    private static final List<Task> TASKS = List.of(
            new Task("a short question and its answer", new TokenUsage(200, 0, 300)),
            new Task("a summary of twenty pages", new TokenUsage(15_000, 0, 600)),
            new Task("an article of 1,500 words", new TokenUsage(500, 0, 2_500)),
            new Task("a turn of an agent with a long, cached context", new TokenUsage(60_000, 57_000, 800)));

    private record Priced(Route route, PriceAt price) {
        TokenPrices prices() {
            return price.prices();
        }
    }

    static String html(List<Route> routes, Instant now) {
        var priced = routes.stream()
                .flatMap(route -> route.priceAt(now).map(price -> new Priced(route, price)).stream())
                .sorted(Comparator.comparing((Priced route) ->
                                route.prices().costOf(TASKS.getFirst().usage()))
                        .thenComparing(route -> route.route().model()))
                .toList();
        if (priced.isEmpty()) {
            return "";
        }
        return """
                <section id="choose" aria-labelledby="choose-title">
                <h2 id="choose-title">Which one for what?</h2>
                <ul class="advice">%s</ul>
                %s
                </section>
                """.formatted(advice(priced, now), whatADollarBuys(priced));
    }

    private static String advice(List<Priced> priced, Instant now) {
        var advice = new ArrayList<String>();
        var cheapest = priced.getFirst();
        advice.add("Start with <a href=\"#%s\">%s</a>: it is the cheapest, and most work needs no more."
                .formatted(
                        Html.id(cheapest.route().model()),
                        Html.escaped(cheapest.route().model())));
        var dearest = priced.getLast();
        if (difference(dearest, cheapest).isPositive()) {
            advice.add(
                    "Take <a href=\"#%s\">%s</a> where an answer that is wrong costs you more than $%s: so much dearer is it for %s."
                            .formatted(
                                    Html.id(dearest.route().model()),
                                    Html.escaped(dearest.route().model()),
                                    difference(dearest, cheapest),
                                    TASKS.get(1).name()));
        }
        cachedShare(cheapest.prices())
                .ifPresent(
                        share -> advice.add("Repeat the beginning of your prompts word for word: what the upstream has"
                                + " cached costs " + share + "% of the input price."));
        if (priced.stream().anyMatch(route -> hasWindows(route.route(), now))) {
            advice.add("Work that can wait is cheaper outside peak hours: each model’s hours are below.");
        }
        advice.add(
                "Set a limit for the completion: it is what is held of your credit, and what is not used comes back.");
        return "<li>" + String.join("</li><li>", advice) + "</li>";
    }

    private static Usd difference(Priced dearer, Priced cheaper) {
        var usage = TASKS.get(1).usage();
        return dearer.prices().costOf(usage).minus(cheaper.prices().costOf(usage));
    }

    private static Optional<String> cachedShare(TokenPrices prices) {
        if (prices.input().price().signum() == 0 || !prices.input().isAbove(prices.cachedInput())) {
            return Optional.empty();
        }
        var percent = prices.cachedInput()
                .price()
                .multiply(BigDecimal.valueOf(100))
                .divide(prices.input().price(), 1, RoundingMode.HALF_UP);
        return Optional.of(percent.stripTrailingZeros().toPlainString());
    }

    private static boolean hasWindows(Route route, Instant now) {
        return route.prices().stream()
                .filter(version -> !version.validFrom().isAfter(now))
                .findFirst()
                .filter(version -> version.schedule() != null)
                .isPresent();
    }

    private static String whatADollarBuys(List<Priced> priced) {
        var html = new StringBuilder("""
                <div class="wide" role="region" aria-label="What one dollar buys" tabindex="0"><table>
                <caption>What one dollar buys at the prices of now</caption>
                <thead><tr><th scope="col">So many times</th>""");
        priced.forEach(route -> html.append("<th scope=\"col\" class=\"number\">")
                .append(Html.escaped(route.route().model()))
                .append("</th>"));
        html.append("</tr></thead><tbody>");
        for (var task : TASKS) {
            html.append("<tr><th scope=\"row\">").append(task.name()).append("</th>");
            priced.forEach(route -> html.append("<td class=\"number\">")
                    .append(timesForADollar(route.prices().costOf(task.usage())))
                    .append("</td>"));
            html.append("</tr>");
        }
        return html.append("</tbody></table></div>").toString();
    }

    private static String timesForADollar(Usd cost) {
        return cost.isPositive()
                ? Html.number(
                        BigDecimal.ONE.divideToIntegralValue(cost.amount()).longValue())
                : "any number";
    }
}
