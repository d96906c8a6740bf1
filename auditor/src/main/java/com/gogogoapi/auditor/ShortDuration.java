package com.gogogoapi.auditor;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Seconds, minutes or hours, at most a day, as the value of an option. */
final class ShortDuration implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})([smh])");
    private static final Duration MOST = Duration.ofDays(1);

    @Override
    public Duration convert(String text) {
        var parts = FORM.matcher(text);
        if (parts.matches()) {
            var number = Long.parseLong(parts.group(1));
            var duration =
                    switch (parts.group(2)) {
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        default -> Duration.ofHours(number);
                    };
            if (duration.compareTo(MOST) <= 0) {
                return duration;
            }
        }
        throw new TypeConversionException(
                "The duration must be a whole number of seconds, minutes or hours such as 90s, 6m or 1h, at most 24h, not '"
                        + text + "'.");
    }
}
