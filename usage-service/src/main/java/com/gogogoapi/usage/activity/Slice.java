package com.gogogoapi.usage.activity;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A day or an hour of a zone, or all of the time that is asked for.
 *
 * @param label as clocks there call it; an hour with its offset, since in autumn one comes twice
 * @param from in seconds since 1970
 * @param to just after it
 */
record Slice(String label, long from, long to) {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mmXXX");

    /** The days of the zone in that time, at most so many; the first and the last may be parts of days. */
    static List<Slice> days(ZoneId zone, long from, long to, int most) {
        var days = new ArrayList<Slice>();
        var date = Instant.ofEpochSecond(from).atZone(zone).toLocalDate();
        for (var begin = from; begin < to && days.size() < most; ) {
            var next = Math.min(to, date.plusDays(1).atStartOfDay(zone).toEpochSecond());
            // Whole days have been left out where a zone changed sides of the date line.
            if (next > begin) {
                days.add(new Slice(date.toString(), begin, next));
                begin = next;
            }
            date = date.plusDays(1);
        }
        return days;
    }

    /** The same of its hours. */
    static List<Slice> hours(ZoneId zone, long from, long to, int most) {
        var hours = new ArrayList<Slice>();
        for (var begin = from; begin < to && hours.size() < most; ) {
            var at = Instant.ofEpochSecond(begin);
            // Reckoned with this offset, and at most to where another one begins.
            var local = at.atOffset(zone.getRules().getOffset(at)).truncatedTo(ChronoUnit.HOURS);
            var next = Math.min(to, local.plusHours(1).toEpochSecond());
            var transition = zone.getRules().nextTransition(at);
            if (transition != null) {
                next = Math.min(next, transition.toEpochSecond());
            }
            hours.add(new Slice(HOUR.format(local), begin, next));
            begin = next;
        }
        return hours;
    }
}
