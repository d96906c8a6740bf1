package com.gogogoapi.contracts.budget;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/**
 * The stretch of time that a budget is for, in UTC: it begins at its start and ends just before its end, which is the next
 * one's start. UTC has no daylight saving and, in Java's and POSIX time alike, no leap seconds.
 */
public enum BudgetWindow {
    DAY,
    /** From Monday. */
    WEEK,
    MONTH,
    /** All of time: never begins anew. */
    TOTAL;

    /** When the window began that this instant is in; of {@link #TOTAL} 1970-01-01. */
    public Instant startOf(Instant at) {
        return switch (this) {
            case DAY -> midnight(day(at));
            case WEEK -> midnight(monday(at));
            case MONTH -> midnight(day(at).withDayOfMonth(1));
            case TOTAL -> Instant.EPOCH;
        };
    }

    /** When the window ends that this instant is in, and the next one begins; {@link #TOTAL} never ends. */
    public Optional<Instant> endOf(Instant at) {
        return switch (this) {
            case DAY -> Optional.of(midnight(day(at).plusDays(1)));
            case WEEK -> Optional.of(midnight(monday(at).plusWeeks(1)));
            case MONTH -> Optional.of(midnight(day(at).withDayOfMonth(1).plusMonths(1)));
            case TOTAL -> Optional.empty();
        };
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private static LocalDate monday(Instant at) {
        return day(at).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
