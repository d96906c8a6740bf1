package com.gogogoapi.pricing.page.view;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.PriceVersions;
import com.gogogoapi.contracts.pricing.Route;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which model to use: how many requests a dollar buys of each, and what follows from the prices themselves.
 *
 * @param dearest the model to use where a wrong answer is expensive; null if no model costs more than the cheapest
 * @param cachedPercent what cached input costs of the input price, in percent; null if it is no cheaper
 * @param hasWindows whether any price depends on the hour
 * @param models the columns, the cheapest first
 */
public record ModelGuide(
        ModelLink cheapest,
        @Nullable Dearest dearest,
        @Nullable String cachedPercent,
        boolean hasWindows,
        List<String> models,
        List<Row> rows) {

    /** @param extraCost how much more it costs than the cheapest for that task */
    public record Dearest(ModelLink link, String extraCost, String task) {}

    /** @param requestsPerDollar one for each model */
    public record Row(String task, List<String> requestsPerDollar) {}

    /** A kind of request that people can picture. */
    private record Task(String name, TokenUsage usage) {}

    private static final Task SUMMARY = new Task("a summary of twenty pages", new TokenUsage(15_000, 0, 600));

    private static final List<Task> TASKS = List.of(
            new Task("a short question and its answer", new TokenUsage(200, 0, 300)),
            SUMMARY,
            new Task("an article of 1,500 words", new TokenUsage(500, 0, 2_500)),
            new Task("a turn of an agent with a long, cached context", new TokenUsage(60_000, 57_000, 800)));

    private record Priced(String model, TokenPrices prices) {
        Usd costOf(Task task) {
            return prices.costOf(task.usage());
        }
    }

    /** @param sold at least one route, each with a price in force */
    static ModelGuide of(List<Route> sold, Instant now) {
        var priced = sold.stream()
                .map(route -> new Priced(
                        route.model(), route.priceAt(now).orElseThrow().prices()))
                .sorted(Comparator.comparing((Priced model) -> model.costOf(TASKS.getFirst()))
                        .thenComparing(Priced::model))
                .toList();
        var cheapest = priced.getFirst();
        return new ModelGuide(
                ModelLink.to(cheapest.model()),
                dearest(priced.getLast(), cheapest),
                cachedPercent(cheapest.prices()),
                sold.stream().anyMatch(route -> hasWindows(route, now)),
                priced.stream().map(Priced::model).toList(),
                TASKS.stream().map(task -> row(task, priced)).toList());
    }

    private static @Nullable Dearest dearest(Priced last, Priced cheapest) {
        var extra = last.costOf(SUMMARY).minus(cheapest.costOf(SUMMARY));
        return extra.isPositive() ? new Dearest(ModelLink.to(last.model()), "$" + extra, SUMMARY.name()) : null;
    }

    private static @Nullable String cachedPercent(TokenPrices prices) {
        if (prices.input().price().signum() == 0 || !prices.input().isAbove(prices.cachedInput())) {
            return null;
        }
        return prices.cachedInput()
                .price()
                .multiply(BigDecimal.valueOf(100))
                .divide(prices.input().price(), 1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static boolean hasWindows(Route route, Instant now) {
        return PriceVersions.inForce(route.prices(), now)
                .filter(version -> version.schedule() != null)
                .isPresent();
    }

    private static Row row(Task task, List<Priced> priced) {
        return new Row(
                task.name(),
                priced.stream().map(model -> perDollar(model.costOf(task))).toList());
    }

    private static String perDollar(Usd cost) {
        return cost.isPositive()
                ? String.format(
                        Locale.ENGLISH,
                        "%,d",
                        BigDecimal.ONE.divideToIntegralValue(cost.amount()).longValue())
                : "any number";
    }
}
