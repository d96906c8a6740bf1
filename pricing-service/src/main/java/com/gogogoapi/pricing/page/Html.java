package com.gogogoapi.pricing.page;

import com.gogogoapi.contracts.money.UsdPerMillion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Texts, prices and times as they stand in HTML. */
final class Html {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TO_THE_SECOND = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Html() {}

    /** Text as content or as an attribute in double quotes; also what XML needs. */
    static String escaped(String text) {
        var html = new StringBuilder(text.length() + 16);
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            switch (character) {
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '&' -> html.append("&amp;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(character);
            }
        }
        return html.toString();
    }

    static String usd(UsdPerMillion price) {
        return "$" + price;
    }

    /** A moment that scripts can read, and people too: to the minute, or to the second where it is not a whole minute. */
    static String time(Instant at) {
        return "<time datetime=\"" + at + "\">" + moment(at) + "</time>";
    }

    static String moment(Instant at) {
        return (at.getEpochSecond() % 60 == 0 && at.getNano() == 0 ? MOMENT : TO_THE_SECOND).format(at);
    }

    /** How long it is until then, in the two largest units, counted from the whole minute. */
    static String distance(Instant from, Instant to) {
        var left = Duration.between(from.truncatedTo(ChronoUnit.MINUTES), to);
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

    static String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /** A name that can be an element's id, unique as long as model names are. */
    static String id(String model) {
        return "route-" + model.replaceAll("[^a-zA-Z0-9-]", "_");
    }
}
