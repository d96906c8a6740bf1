package com.gogogoapi.benchmark.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** How figures are written: three digits that count, thousands apart, the unit behind. */
public final class Figures {

    private static final MathContext THREE_DIGITS = new MathContext(3);

    private Figures() {}

    public static String number(double value) {
        var rounded = new BigDecimal(value).round(THREE_DIGITS);
        // Made anew each time: a DecimalFormat must not be shared between threads.
        return new DecimalFormat("#,##0.####", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(rounded);
    }

    public static String of(double value, String unit) {
        return unit.isEmpty() ? number(value) : number(value) + " " + unit;
    }

    public static String ratio(double value) {
        return number(value) + " ×";
    }
}
