package com.gogogoapi.pricing.page.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/**
 * Where a moment and a price stand in the drawing.
 *
 * @param top the highest price drawn, in US dollars per million tokens
 */
record ChartScale(Instant start, Instant end, BigDecimal top) {

    static final int WIDTH = 480;
    static final int HEIGHT = 200;

    private static final int LEFT_MARGIN = 58;
    private static final int RIGHT_MARGIN = 12;
    private static final int TOP_MARGIN = 18;
    private static final int BOTTOM_MARGIN = 30;

    static final BigDecimal LEFT = BigDecimal.valueOf(LEFT_MARGIN);
    static final BigDecimal RIGHT = BigDecimal.valueOf(WIDTH - RIGHT_MARGIN);
    static final BigDecimal TOP = BigDecimal.valueOf(TOP_MARGIN);
    static final BigDecimal BOTTOM = BigDecimal.valueOf(HEIGHT - BOTTOM_MARGIN);

    BigDecimal x(Instant at) {
        var whole = Duration.between(start, end).toSeconds();
        var part = Math.max(0, Math.min(whole, Duration.between(start, at).toSeconds()));
        return LEFT.add(
                scaled(BigDecimal.valueOf(part), BigDecimal.valueOf(whole), WIDTH - LEFT_MARGIN - RIGHT_MARGIN));
    }

    BigDecimal y(BigDecimal price) {
        return BOTTOM.subtract(scaled(price, top, HEIGHT - TOP_MARGIN - BOTTOM_MARGIN));
    }

    /** {@code part ÷ whole × length}, in tenths of a unit: a drawing, not an amount. */
    private static BigDecimal scaled(BigDecimal part, BigDecimal whole, int length) {
        return part.multiply(BigDecimal.valueOf(length)).divide(whole, 1, RoundingMode.HALF_UP);
    }
}
