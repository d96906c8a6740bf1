package com.gogogoapi.pricing.page;

import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.PriceSchedule;
import com.gogogoapi.contracts.pricing.PriceVersions;
import com.gogogoapi.contracts.pricing.Route;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.pricing.TokenPrices;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A route's prices over time as an inline drawing: a solid step line for input and one for output, and dashed ones where
 * windows made it dearer or cheaper. The table beside it says the same in numbers.
 */
final class HistoryChart {

    private static final int WIDTH = 480;
    private static final int HEIGHT = 200;
    private static final int LEFT = 58;
    private static final int RIGHT = 12;
    private static final int TOP = 18;
    private static final int BOTTOM = 30;

    /** Of a route that changed more often, the latest changes are drawn. */
    static final int MAX_VERSIONS = 60;

    private static final Duration AFTER_THE_LAST = Duration.ofDays(14);

    private final List<RoutePricePublished> versions;
    private final Instant now;
    private final Instant start;
    private final Instant end;
    private final BigDecimal top;

    private HistoryChart(List<RoutePricePublished> versions, Instant now) {
        this.versions = versions;
        this.now = now;
        this.start = versions.getFirst().validFrom();
        var last = versions.getLast().validFrom();
        this.end = (last.isAfter(now) ? last : now).plus(AFTER_THE_LAST);
        this.top = versions.stream()
                .flatMap(version -> tariffs(version).stream())
                .map(prices -> prices.output().price().max(prices.input().price()))
                .max(BigDecimal::compareTo)
                .filter(most -> most.signum() > 0)
                .orElse(BigDecimal.ONE);
    }

    /** The versions that ever applied or will, oldest first: one corrected before it began never did. */
    static List<RoutePricePublished> effective(Route route) {
        return route.prices().reversed().stream()
                .filter(version -> PriceVersions.inForce(route.prices(), version.validFrom())
                        .filter(version::equals)
                        .isPresent())
                .toList();
    }

    static Optional<String> of(Route route, Instant now) {
        var versions = effective(route);
        if (versions.isEmpty()) {
            return Optional.empty();
        }
        var latest = versions.subList(Math.max(0, versions.size() - MAX_VERSIONS), versions.size());
        return Optional.of(new HistoryChart(latest, now).svg(route.model()));
    }

    private static List<TokenPrices> tariffs(RoutePricePublished version) {
        var schedule = version.schedule();
        var tariffs = new java.util.ArrayList<TokenPrices>();
        tariffs.add(version.prices());
        if (schedule != null) {
            schedule.windows().forEach(window -> tariffs.add(window.prices()));
        }
        return tariffs;
    }

    private String svg(String model) {
        var svg = new StringBuilder();
        svg.append("<svg class=\"chart\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" role=\"img\" aria-label=\"Input and output price of ")
                .append(Html.escaped(model))
                .append(" over time; the table below has the numbers\">");
        for (var quarter = 0; quarter <= 4; quarter++) {
            var value = top.multiply(BigDecimal.valueOf(quarter)).divide(BigDecimal.valueOf(4));
            var y = y(value);
            svg.append("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>"
                    .formatted(LEFT, WIDTH - RIGHT, y, y));
            svg.append("<text class=\"axis\" x=\"%d\" y=\"%s\" text-anchor=\"end\" dy=\"4\">$%s</text>"
                    .formatted(LEFT - 6, y, label(value)));
        }
        svg.append(date(start, "start")).append(date(end, "end"));
        var today = x(now);
        svg.append("<line class=\"now\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>"
                .formatted(today, today, TOP, HEIGHT - BOTTOM));
        var isEarly = Duration.between(start, now).compareTo(Duration.between(now, end)) < 0;
        svg.append("<text class=\"axis\" x=\"%s\" y=\"%d\" text-anchor=\"%s\">now</text>"
                .formatted(today, TOP - 5, isEarly ? "start" : "end"));
        windowLines(svg, "input", TokenPrices::input);
        windowLines(svg, "output", TokenPrices::output);
        baseLine(svg, "input", TokenPrices::input);
        baseLine(svg, "output", TokenPrices::output);
        return svg.append("</svg>").toString();
    }

    private String date(Instant at, String anchor) {
        var day = at.toString().substring(0, 10);
        return "<text class=\"axis\" x=\"%s\" y=\"%d\" text-anchor=\"%s\">%s</text>"
                .formatted(x(at), HEIGHT - 8, anchor, day);
    }

    private void baseLine(StringBuilder svg, String name, Function<TokenPrices, UsdPerMillion> price) {
        var path = new StringBuilder();
        for (var i = 0; i < versions.size(); i++) {
            var y = y(price.apply(versions.get(i).prices()).price());
            path.append(i == 0 ? "M" : "L")
                    .append(x(versions.get(i).validFrom()))
                    .append(' ')
                    .append(y);
            path.append('L').append(x(endOf(i))).append(' ').append(y);
        }
        svg.append("<path class=\"%s\" d=\"%s\"/>".formatted(name, path));
    }

    private void windowLines(StringBuilder svg, String name, Function<TokenPrices, UsdPerMillion> price) {
        for (var i = 0; i < versions.size(); i++) {
            PriceSchedule schedule = versions.get(i).schedule();
            if (schedule == null) {
                continue;
            }
            var from = x(versions.get(i).validFrom());
            var to = x(endOf(i));
            schedule.windows().stream()
                    .map(window -> price.apply(window.prices()).price())
                    .distinct()
                    .forEach(value -> svg.append("<path class=\"%s window\" d=\"M%s %sL%s %s\"/>"
                            .formatted(name, from, y(value), to, y(value))));
        }
    }

    private Instant endOf(int version) {
        return version + 1 < versions.size() ? versions.get(version + 1).validFrom() : end;
    }

    private String x(Instant at) {
        var whole = Duration.between(start, end).toSeconds();
        var part = Math.max(0, Math.min(whole, Duration.between(start, at).toSeconds()));
        return scaled(BigDecimal.valueOf(part), BigDecimal.valueOf(whole), WIDTH - LEFT - RIGHT)
                .add(BigDecimal.valueOf(LEFT))
                .toPlainString();
    }

    private String y(BigDecimal price) {
        return BigDecimal.valueOf(HEIGHT - BOTTOM)
                .subtract(scaled(price, top, HEIGHT - TOP - BOTTOM))
                .toPlainString();
    }

    /** {@code part ÷ whole × length}, in tenths of a unit: a drawing, not an amount. */
    private static BigDecimal scaled(BigDecimal part, BigDecimal whole, int length) {
        return part.multiply(BigDecimal.valueOf(length)).divide(whole, 1, RoundingMode.HALF_UP);
    }

    /** An axis is read at a glance: three significant digits. */
    private static String label(BigDecimal value) {
        return value.round(new java.math.MathContext(3)).stripTrailingZeros().toPlainString();
    }
}
