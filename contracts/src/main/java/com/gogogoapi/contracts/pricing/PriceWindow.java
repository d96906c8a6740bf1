package com.gogogoapi.contracts.pricing;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hours of the week with prices of their own.
 *
 * <p>It applies when a clock on the wall of the schedule's zone shows a time from {@code from} to just before {@code to}.
 * Where {@code to} is not after {@code from}, the window runs past midnight and belongs to the day it began: that day's
 * weekday and holiday decide, also for its hours after midnight. {@code from} equal to {@code to} is the whole day.
 *
 * @param name for example {@code peak}
 * @param onHolidays what the schedule's calendar does to it
 */
public record PriceWindow(
        String name, Set<DayOfWeek> days, LocalTime from, LocalTime to, OnHolidays onHolidays, TokenPrices prices) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** What a holiday does to a window. */
    public enum OnHolidays {
        /** Nothing: the window applies as on any such weekday. */
        AS_USUAL,
        /** On a holiday it does not apply. */
        NEVER,
        /** On holidays alone it applies, if they fall on one of its weekdays. */
        ONLY
    }

    /** @throws IllegalArgumentException if the name is not a short lower-case word, or no day is named */
    public PriceWindow {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The window's name must be 1 to 32 lower-case letters, digits and dashes, a letter first.");
        }
        if (days.isEmpty()) {
            throw new IllegalArgumentException("The window must name at least one day of the week.");
        }
        days = Collections.unmodifiableSet(EnumSet.copyOf(days)); // in the order of the week, whoever wrote it
        from = from.withNano(0);
        to = to.withNano(0);
        Objects.requireNonNull(onHolidays, "onHolidays");
        Objects.requireNonNull(prices, "prices");
    }

    boolean appliesAt(LocalDateTime local, @Nullable HolidayCalendar calendar) {
        var time = local.toLocalTime();
        var day = local.toLocalDate();
        if (from.isBefore(to)) {
            return beginsOn(day, calendar) && !time.isBefore(from) && time.isBefore(to);
        }
        return (!time.isBefore(from) && beginsOn(day, calendar))
                || (time.isBefore(to) && beginsOn(day.minusDays(1), calendar));
    }

    private boolean beginsOn(LocalDate day, @Nullable HolidayCalendar calendar) {
        var holiday = calendar != null && calendar.isHoliday(day);
        return days.contains(day.getDayOfWeek())
                && switch (onHolidays) {
                    case AS_USUAL -> true;
                    case NEVER -> !holiday;
                    case ONLY -> holiday;
                };
    }
}
