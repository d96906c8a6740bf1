package com.gogogoapi.usage.activity;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.usage.api.Parameters;
import com.gogogoapi.usage.rollup.Grain;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is asked: by which dimensions, from when to when, and from where on.
 *
 * @param from in seconds since 1970, on a quarter of an hour
 * @param to just after it
 * @param begin where this page begins, from {@code from} on
 */
record ActivityQuery(List<Dimension> dimensions, ZoneId zone, long from, long to, long begin) {

    private static final Duration MOST = Duration.ofDays(732);
    private static final Duration MOST_BY_HOUR = Duration.ofDays(62);
    private static final Duration USUAL_BY_HOUR = Duration.ofHours(24);
    private static final int USUAL_DAYS = 30;

    /** So much time is one page: a month. */
    private static final int DAYS = 31;

    private static final int HOURS = 744;

    /** Before it there were no requests, and some zones had odd offsets. */
    private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");

    /** @throws ApiError 400 that names the parameter and says what it must be */
    static ActivityQuery read(
            @Nullable String groupBy,
            @Nullable String zone,
            @Nullable String from,
            @Nullable String to,
            @Nullable String cursor,
            Instant now) {
        var dimensions = Dimension.read(groupBy);
        var there = Parameters.zone(zone);
        var end = Objects.requireNonNullElseGet(
                Parameters.time("to", to, there),
                () -> Instant.ofEpochSecond(Grain.QUARTER.ceiling(now.getEpochSecond() + 1)));
        var begin = Objects.requireNonNullElseGet(
                Parameters.time("from", from, there), () -> usual(dimensions, there, end));
        requireQuarter("from", begin);
        requireQuarter("to", end);
        if (begin.isBefore(FIRST)) {
            throw ApiError.invalidRequest("from", "from must be after " + FIRST + ".");
        }
        if (!begin.isBefore(end)) {
            throw ApiError.invalidRequest("to", "to must be after from.");
        }
        var most = dimensions.contains(Dimension.HOUR) ? MOST_BY_HOUR : MOST;
        if (Duration.between(begin, end).compareTo(most) > 0) {
            throw ApiError.invalidRequest(
                    "from", "from must be at most " + most.toDays() + " days before to for what is grouped so.");
        }
        return new ActivityQuery(
                dimensions,
                there,
                begin.getEpochSecond(),
                end.getEpochSecond(),
                cursor == null ? begin.getEpochSecond() : page(cursor, begin, end, dimensions));
    }

    private static Instant usual(List<Dimension> dimensions, ZoneId zone, Instant end) {
        return dimensions.contains(Dimension.HOUR)
                ? end.minus(USUAL_BY_HOUR)
                : end.minusSeconds(1)
                        .atZone(zone)
                        .toLocalDate()
                        .minusDays(USUAL_DAYS - 1)
                        .atStartOfDay(zone)
                        .toInstant();
    }

    private static void requireQuarter(String name, Instant at) {
        if (!at.equals(at.truncatedTo(ChronoUnit.SECONDS)) || Grain.QUARTER.bucketOf(at) != at.getEpochSecond()) {
            throw ApiError.invalidRequest(name, name + " must be on a quarter of an hour.");
        }
    }

    private static long page(String cursor, Instant begin, Instant end, List<Dimension> dimensions) {
        if (cursor.matches("[0-9]{1,12}") && dimensions.stream().anyMatch(Dimension::isTime)) {
            var at = Instant.ofEpochSecond(Long.parseLong(cursor));
            if (!at.isBefore(begin) && at.isBefore(end) && Grain.QUARTER.bucketOf(at) == at.getEpochSecond()) {
                return at.getEpochSecond();
            }
        }
        throw ApiError.invalidRequest("cursor", "cursor must be the next_cursor of the page before.");
    }

    /** The times of this page. */
    List<Slice> slices() {
        if (dimensions.contains(Dimension.DAY)) {
            return Slice.days(zone, begin, to, DAYS);
        }
        return dimensions.contains(Dimension.HOUR)
                ? Slice.hours(zone, begin, to, HOURS)
                : List.of(new Slice("", begin, to));
    }
}
