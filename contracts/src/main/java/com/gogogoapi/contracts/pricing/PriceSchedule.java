package com.gogogoapi.contracts.pricing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When, within one price version, which window's prices apply. Of several windows that apply at once the first counts.
 *
 * <p>Pure: the answer depends on the instant, the schedule and the zone's rules alone. Whoever asks may also learn until
 * when the answer holds, exact to the nanosecond: a window can only begin or end where the zone's clock shows one of its
 * hours or midnight, or where that clock is put forward or back, so those instants are tried one after another.
 */
public record PriceSchedule(
        ZoneId zone,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable HolidayCalendar calendar,
        List<PriceWindow> windows) {

    public static final int MAX_WINDOWS = 32;

    /** How far ahead a change is looked for: a year and its holidays. */
    public static final Duration HORIZON = Duration.ofDays(400);

    private static final Duration STEP = Duration.ofDays(2);

    /** @throws IllegalArgumentException if there is no window or too many, or one needs a calendar that is not there */
    public PriceSchedule {
        if (windows.isEmpty() || windows.size() > MAX_WINDOWS) {
            throw new IllegalArgumentException("The schedule must have 1 to " + MAX_WINDOWS + " windows.");
        }
        if (calendar == null
                && windows.stream().anyMatch(window -> window.onHolidays() != PriceWindow.OnHolidays.AS_USUAL)) {
            throw new IllegalArgumentException(
                    "A schedule with no calendar must have no window that depends on holidays.");
        }
        windows = List.copyOf(windows);
        Objects.requireNonNull(zone, "zone");
    }

    /** The window that applies; empty outside all of them. */
    public Optional<PriceWindow> windowAt(Instant at) {
        var local = at.atZone(zone).toLocalDateTime();
        return windows.stream()
                .filter(window -> window.appliesAt(local, calendar))
                .findFirst();
    }

    /**
     * The first instant after {@code at} at which another window, or none, applies.
     *
     * @param before looked for no further than this, nor than {@link #HORIZON}
     */
    public Optional<Instant> changeAfter(Instant at, @Nullable Instant before) {
        var now = windowAt(at);
        var horizon = at.plus(HORIZON);
        var end = before != null && before.isBefore(horizon) ? before : horizon;
        for (var from = at; from.isBefore(end); from = from.plus(STEP)) {
            for (var point : turningPoints(from, from.plus(STEP))) {
                if (point.isBefore(end) && !windowAt(point).equals(now)) {
                    return Optional.of(point);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * In order, all instants after {@code from} and up to {@code to} that can begin or end a window. Local days are no
     * measure of order: where a clock is put back over midnight, a moment of today can come after one of tomorrow.
     */
    private SortedSet<Instant> turningPoints(Instant from, Instant to) {
        var points = new TreeSet<Instant>();
        var transition = zone.getRules().nextTransition(from);
        while (transition != null && !transition.getInstant().isAfter(to)) {
            points.add(transition.getInstant());
            transition = zone.getRules().nextTransition(transition.getInstant());
        }
        var lastDay = to.atZone(zone).toLocalDate().plusDays(1);
        for (var day = from.atZone(zone).toLocalDate().minusDays(1); !day.isAfter(lastDay); day = day.plusDays(1)) {
            addClockTime(points, day, LocalTime.MIDNIGHT);
            for (var window : windows) {
                addClockTime(points, day, window.from());
                addClockTime(points, day, window.to());
            }
        }
        return points.subSet(from, false, to, true);
    }

    /** Once on most days, twice where the clock is put back over it, never where it is put forward over it. */
    private void addClockTime(TreeSet<Instant> points, LocalDate day, LocalTime time) {
        var local = day.atTime(time);
        for (var offset : zone.getRules().getValidOffsets(local)) {
            points.add(local.toInstant(offset));
        }
    }
}
