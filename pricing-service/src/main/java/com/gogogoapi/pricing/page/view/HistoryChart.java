package com.gogogoapi.pricing.page.view;

import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.PriceSchedule;
import com.gogogoapi.contracts.pricing.PriceWindow;
import com.gogogoapi.contracts.pricing.RoutePricePublished;
import com.gogogoapi.contracts.pricing.TokenPrices;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A route's prices over time as the shapes of a drawing: a solid step line for input and one for output, and dashed ones
 * where windows made it dearer or cheaper. The table beside it says the same in numbers.
 */
public record HistoryChart(List<Line> lines, List<Label> labels, List<Curve> curves) {

    public static final int WIDTH = ChartScale.WIDTH;
    public static final int HEIGHT = ChartScale.HEIGHT;

    /** Of a route that changed more often, the latest changes are drawn. */
    private static final int MAX_VERSIONS = 60;

    private static final Duration AFTER_THE_LAST = Duration.ofDays(14);
    private static final int GRID_LINES = 4;

    /** @param kind what the style sheet calls it */
    public record Line(String kind, String x1, String x2, String y1, String y2) {
        static Line of(String kind, BigDecimal x1, BigDecimal x2, BigDecimal y1, BigDecimal y2) {
            return new Line(kind, plain(x1), plain(x2), plain(y1), plain(y2));
        }
    }

    /** @param anchor which end of the text stands at x */
    public record Label(String x, String y, String anchor, String text) {
        static Label of(BigDecimal x, BigDecimal y, String anchor, String text) {
            return new Label(plain(x), plain(y), anchor, text);
        }
    }

    /** @param path as SVG writes it: {@code M58 20L468 20} */
    public record Curve(String kind, String path) {}

    private static String plain(BigDecimal number) {
        return number.toPlainString();
    }

    /** @param versions those that ever applied or will, oldest first; at least one */
    static HistoryChart of(List<RoutePricePublished> versions, Instant now) {
        var drawn = versions.subList(Math.max(0, versions.size() - MAX_VERSIONS), versions.size());
        var last = drawn.getLast().validFrom();
        var end = (last.isAfter(now) ? last : now).plus(AFTER_THE_LAST);
        var scale = new ChartScale(drawn.getFirst().validFrom(), end, highest(drawn));
        return new HistoryChart(lines(scale, now), labels(scale, now), curves(scale, drawn));
    }

    private static BigDecimal highest(List<RoutePricePublished> versions) {
        return versions.stream()
                .flatMap(version -> Stream.concat(
                        Stream.of(version.prices()), windows(version.schedule()).map(PriceWindow::prices)))
                .map(prices -> prices.output().price().max(prices.input().price()))
                .max(BigDecimal::compareTo)
                .filter(most -> most.signum() > 0)
                .orElse(BigDecimal.ONE);
    }

    private static Stream<PriceWindow> windows(@Nullable PriceSchedule schedule) {
        return schedule == null ? Stream.empty() : schedule.windows().stream();
    }

    private static List<BigDecimal> gridPrices(ChartScale scale) {
        var prices = new ArrayList<BigDecimal>();
        for (var line = 0; line <= GRID_LINES; line++) {
            prices.add(scale.top().multiply(BigDecimal.valueOf(line)).divide(BigDecimal.valueOf(GRID_LINES)));
        }
        return prices;
    }

    private static List<Line> lines(ChartScale scale, Instant now) {
        var lines = new ArrayList<Line>();
        for (var price : gridPrices(scale)) {
            var y = scale.y(price);
            lines.add(Line.of("grid", ChartScale.LEFT, ChartScale.RIGHT, y, y));
        }
        var today = scale.x(now);
        lines.add(Line.of("now", today, today, ChartScale.TOP, ChartScale.BOTTOM));
        return lines;
    }

    private static List<Label> labels(ChartScale scale, Instant now) {
        var labels = new ArrayList<Label>();
        for (var price : gridPrices(scale)) {
            var x = ChartScale.LEFT.subtract(BigDecimal.valueOf(6));
            // So that the middle of the text, not its base, is beside the line.
            var y = scale.y(price).add(BigDecimal.valueOf(4));
            labels.add(Label.of(x, y, "end", "$" + rounded(price)));
        }
        labels.add(date(scale, scale.start(), "start"));
        labels.add(date(scale, scale.end(), "end"));
        var isEarly = Duration.between(scale.start(), now).compareTo(Duration.between(now, scale.end())) < 0;
        labels.add(Label.of(
                scale.x(now), ChartScale.TOP.subtract(BigDecimal.valueOf(5)), isEarly ? "start" : "end", "now"));
        return labels;
    }

    /** An axis is read at a glance: three significant digits. */
    private static String rounded(BigDecimal price) {
        return price.round(new MathContext(3)).stripTrailingZeros().toPlainString();
    }

    private static Label date(ChartScale scale, Instant at, String anchor) {
        var day = at.toString().substring(0, 10);
        return Label.of(scale.x(at), BigDecimal.valueOf(HEIGHT - 8L), anchor, day);
    }

    private static List<Curve> curves(ChartScale scale, List<RoutePricePublished> versions) {
        var curves = new ArrayList<Curve>();
        windowCurves(curves, "input window", scale, versions, TokenPrices::input);
        windowCurves(curves, "output window", scale, versions, TokenPrices::output);
        curves.add(new Curve("input", steps(scale, versions, TokenPrices::input)));
        curves.add(new Curve("output", steps(scale, versions, TokenPrices::output)));
        return curves;
    }

    private static String steps(
            ChartScale scale, List<RoutePricePublished> versions, Function<TokenPrices, UsdPerMillion> price) {
        var path = new StringBuilder();
        for (var i = 0; i < versions.size(); i++) {
            var y = scale.y(price.apply(versions.get(i).prices()).price());
            path.append(i == 0 ? "M" : "L")
                    .append(point(scale.x(versions.get(i).validFrom()), y))
                    .append('L')
                    .append(point(scale.x(endOf(i, versions, scale)), y));
        }
        return path.toString();
    }

    private static void windowCurves(
            List<Curve> curves,
            String kind,
            ChartScale scale,
            List<RoutePricePublished> versions,
            Function<TokenPrices, UsdPerMillion> price) {
        for (var i = 0; i < versions.size(); i++) {
            var from = scale.x(versions.get(i).validFrom());
            var to = scale.x(endOf(i, versions, scale));
            windows(versions.get(i).schedule())
                    .map(window -> scale.y(price.apply(window.prices()).price()))
                    .distinct()
                    .forEach(y -> curves.add(new Curve(kind, "M" + point(from, y) + "L" + point(to, y))));
        }
    }

    private static Instant endOf(int version, List<RoutePricePublished> versions, ChartScale scale) {
        return version + 1 < versions.size() ? versions.get(version + 1).validFrom() : scale.end();
    }

    private static String point(BigDecimal x, BigDecimal y) {
        return plain(x) + " " + plain(y);
    }
}
