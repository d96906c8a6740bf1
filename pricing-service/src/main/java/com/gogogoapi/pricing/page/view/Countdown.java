package com.gogogoapi.pricing.page.view;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How long it is until then. The page's script keeps it running.
 *
 * @param distance in the two largest units: {@code 3 days 1 hour}
 */
public record Countdown(String until, String distance) {

    /** Counted from the whole minute, so that the page stays the same for a minute. */
    static Countdown between(Instant from, Instant until) {
        return new Countdown(until.toString(), distance(Duration.between(from.truncatedTo(ChronoUnit.MINUTES), until)));
    }

    private static String distance(Duration left) {
        if (left.toDays() > 0) {
            return count(left.toDays(), "day") + " " + count(left.toHoursPart(), "hour");
        }
        if (left.toHours() > 0) {
            return count(left.toHours(), "hour") + " " + count(left.toMinutesPart(), "minute");
        }
        return count(Math.max(1, left.plusSeconds(59).toMinutes()), "minute");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
