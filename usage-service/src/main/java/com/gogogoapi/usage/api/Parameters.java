package com.gogogoapi.usage.api;

import com.gogogoapi.chassis.errors.ApiError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Query parameters, read or refused with 400. */
public final class Parameters {

    private static final String KEY_PREFIX = "key_";
    private static final String KEY_FORM = "key_[0-9a-f]{32}";
    private static final int HEX = 16;

    private Parameters() {}

    public static int number(String name, @Nullable String text, int usual, int most) {
        if (text == null) {
            return usual;
        }
        try {
            var number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw ApiError.invalidRequest(name, name + " must be a whole number.");
        }
        throw ApiError.invalidRequest(name, name + " must be from 1 to " + most + ".");
    }

    /** An instant, or a date, which is its first instant in the zone. */
    public static @Nullable Instant time(String name, @Nullable String text, ZoneId zone) {
        if (text == null) {
            return null;
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw ApiError.invalidRequest(
                    name, name + " must be an instant such as 2026-11-23T12:00:00Z, or a date such as 2026-11-23.");
        }
    }

    public static ZoneId zone(@Nullable String text) {
        if (text == null) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw ApiError.invalidRequest("zone", "zone must be a name of the tz database, such as Europe/Berlin.");
        }
    }

    /** A key's id as the API shows it. */
    public static @Nullable UUID keyId(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!text.matches(KEY_FORM)) {
            throw ApiError.invalidRequest("key", "key must be a key's id: key_ and 32 digits and letters.");
        }
        var hex = text.substring(KEY_PREFIX.length());
        return new UUID(Long.parseUnsignedLong(hex, 0, HEX, HEX), Long.parseUnsignedLong(hex, HEX, hex.length(), HEX));
    }

    public static String keyId(UUID key) {
        return KEY_PREFIX + key.toString().replace("-", "");
    }

    public static @Nullable UUID uuid(String name, @Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest(name, name + " must be an id such as 01a21049-56f2-7d46-8bdb-053a606b9931.");
        }
    }
}
