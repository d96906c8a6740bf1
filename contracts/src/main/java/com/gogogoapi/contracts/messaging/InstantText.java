package com.gogogoapi.contracts.messaging;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Instants as ISO 8601 text in UTC, letter for letter as {@link Instant#toString} and {@link Instant#parse} have them.
 * Every event states several, so the common forms are handled here and the rest is left to the general formatter: written
 * are years of four digits with no fraction or one of milliseconds, read with a fraction of any length.
 */
public final class InstantText {

    /** Of {@code 2026-11-24T00:00:00}. */
    private static final int SECONDS_CHARS = 19;

    /** Of {@code 2026-11-24T00:00:00.000000000Z}. */
    private static final int MAX_CHARS = 30;

    /** Of the first decimal of the second. */
    private static final int FRACTION_AT = SECONDS_CHARS + 1;

    private static final int[] NANOS_A_UNIT = {
        1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
    };

    private static final long FIRST_SECOND = LocalDate.of(1, 1, 1).toEpochDay() * 86_400;
    private static final long LAST_SECOND = LocalDate.of(9999, 12, 31).toEpochDay() * 86_400;

    /**
     * The text of seconds that were written last, each at its number modulo this many: most events state the seconds that
     * the one before stated, when it was decided and when its hold ends.
     */
    private static final int RECENT = 64;

    private static final AtomicReferenceArray<@Nullable Second> SECONDS = new AtomicReferenceArray<>(RECENT);

    private record Second(long epochSecond, String text) {
        static Second of(long epochSecond) {
            return new Second(
                    epochSecond, Instant.ofEpochSecond(epochSecond).toString().substring(0, SECONDS_CHARS));
        }
    }

    private InstantText() {}

    public static String write(Instant instant) {
        var seconds = instant.getEpochSecond();
        var nanos = instant.getNano();
        if (nanos % 1_000_000 != 0 || seconds < FIRST_SECOND || seconds > LAST_SECOND) {
            return instant.toString();
        }
        var slot = (int) Math.floorMod(seconds, RECENT);
        var second = SECONDS.get(slot);
        if (second == null || second.epochSecond() != seconds) {
            second = Second.of(seconds);
            SECONDS.set(slot, second);
        }
        if (nanos == 0) {
            return second.text() + "Z";
        }
        var millis = nanos / 1_000_000;
        return second.text() + (millis < 10 ? ".00" : millis < 100 ? ".0" : ".") + millis + "Z";
    }

    /** @throws DateTimeParseException if it is no instant */
    public static Instant read(String text) {
        if (!isCommon(text)) {
            return Instant.parse(text);
        }
        var hour = digits(text, 11, 13);
        var minute = digits(text, 14, 16);
        var second = digits(text, 17, 19);
        var month = digits(text, 5, 7);
        var day = digits(text, 8, 10);
        // Leap seconds, the end of a day and dates that are none are for the general parser to judge.
        if (hour > 23 || minute > 59 || second > 59 || month < 1 || month > 12 || day < 1 || day > 28) {
            return Instant.parse(text);
        }
        var epochDay = LocalDate.of(digits(text, 0, 4), month, day).toEpochDay();
        return Instant.ofEpochSecond(epochDay * 86_400 + hour * 3_600L + minute * 60L + second, nanos(text));
    }

    private static int nanos(String text) {
        var end = text.length() - 1;
        return end <= FRACTION_AT ? 0 : digits(text, FRACTION_AT, end) * NANOS_A_UNIT[end - FRACTION_AT];
    }

    /** Whether it is of the form {@code dddd-dd-ddTdd:dd:dd[.d…d]Z} with at most nine decimals. */
    private static boolean isCommon(String text) {
        var end = text.length() - 1;
        if (end < SECONDS_CHARS || end == FRACTION_AT || end >= MAX_CHARS || text.charAt(end) != 'Z') {
            return false;
        }
        for (var i = 0; i < end; i++) {
            var expected =
                    switch (i) {
                        case 4, 7 -> '-';
                        case 10 -> 'T';
                        case 13, 16 -> ':';
                        case SECONDS_CHARS -> '.';
                        default -> '0';
                    };
            var c = text.charAt(i);
            if (expected == '0' ? c < '0' || c > '9' : c != expected) {
                return false;
            }
        }
        return true;
    }

    private static int digits(String text, int from, int to) {
        var number = 0;
        for (var i = from; i < to; i++) {
            number = 10 * number + (text.charAt(i) - '0');
        }
        return number;
    }
}
