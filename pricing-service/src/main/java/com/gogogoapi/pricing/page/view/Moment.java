package com.gogogoapi.pricing.page.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An instant that scripts can read, and people too. */
public record Moment(Instant at) {

    private static final DateTimeFormatter TO_THE_MINUTE = inUtc("d MMM uuuu, HH:mm 'UTC'");
    private static final DateTimeFormatter TO_THE_SECOND = inUtc("d MMM uuuu, HH:mm:ss 'UTC'");

    private static DateTimeFormatter inUtc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    public String datetime() {
        return at.toString();
    }

    /** To the minute, or to the second where it is not a whole minute. */
    public String text() {
        var isWholeMinute = at.getEpochSecond() % 60 == 0 && at.getNano() == 0;
        return (isWholeMinute ? TO_THE_MINUTE : TO_THE_SECOND).format(at);
    }
}
