package com.gogogoapi.contracts.pricing;

import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Public holidays as plain dates. It is part of the price version that uses it, so that a calendar corrected later
 * changes no price that was.
 *
 * @param name what people call it, for example {@code China, public holidays 2026}
 */
public record HolidayCalendar(String name, SortedSet<LocalDate> holidays) {

    /** Decades of holidays; more is not a calendar. */
    public static final int MAX_HOLIDAYS = 1_000;

    private static final int MAX_NAME_CHARS = 100;

    /** @throws IllegalArgumentException if it has no name or too many days */
    public HolidayCalendar {
        if (name.isBlank() || name.length() > MAX_NAME_CHARS) {
            throw new IllegalArgumentException("The calendar's name must have 1 to " + MAX_NAME_CHARS + " characters.");
        }
        if (holidays.size() > MAX_HOLIDAYS) {
            throw new IllegalArgumentException("The calendar must have at most " + MAX_HOLIDAYS + " holidays.");
        }
        holidays = Collections.unmodifiableSortedSet(new TreeSet<>(holidays));
    }

    boolean isHoliday(LocalDate day) {
        return holidays.contains(day);
    }
}
