package com.gogogoapi.contracts.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Letter for letter what the platform writes and reads. */
class InstantTextTest {

    @Property
    void everyMillisecondIsAsThePlatformHasIt(
            @ForAll @LongRange(min = -70_000_000_000_000L, max = 260_000_000_000_000L) long millis) {
        same(Instant.ofEpochMilli(millis));
    }

    @Property
    void finerAndRemoterOnesToo(
            @ForAll @LongRange(min = -31_557_014_167_219_200L, max = 31_556_889_864_403_199L) long seconds,
            @ForAll @IntRange(max = 999_999_999) int nanos) {
        same(Instant.ofEpochSecond(seconds, nanos));
    }

    private static void same(Instant instant) {
        assertThat(InstantText.write(instant)).isEqualTo(instant.toString());
        assertThat(InstantText.read(instant.toString())).isEqualTo(instant);
    }

    @Property
    void aFractionOfAnyLengthIsReadAsThePlatformReadsIt(
            @ForAll @IntRange(max = 999_999_999) int nanos, @ForAll @IntRange(min = 1, max = 9) int decimals) {
        var text = "2026-11-24T10:20:30." + "%09d".formatted(nanos).substring(0, decimals) + "Z";
        assertThat(InstantText.read(text)).isEqualTo(Instant.parse(text));
    }

    @Test
    void theEndsOfTheCommonForm() {
        for (var text : new String[] {
            "0001-01-01T00:00:00Z",
            "0000-12-31T23:59:59Z",
            "9999-12-31T00:00:00Z",
            "9999-12-31T23:59:59.999Z",
            "2024-02-29T12:00:00.001Z",
            "1969-12-31T23:59:59.999Z"
        }) {
            same(Instant.parse(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-24T10:20:30.5Z",
                "2026-11-24T24:00:00Z",
                "2016-12-31T23:59:60Z",
                "2026-11-24T10:20:30+01:00",
                "2026-11-30T10:20:30Z",
                "2026-11-24T10:20:30.Z",
                "2026-11-24T10:20:30.123456+02:00"
            })
    void theUncommonIsReadAsThePlatformReadsIt(String text) {
        assertThat(InstantText.read(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-24",
                "2026-13-24T10:20:30Z",
                "2026-02-30T10:20:30Z",
                "2026-11-24T25:20:30Z",
                "2026-11-24T10:60:30Z",
                "2026-11-24 10:20:30Z",
                "2026-11-24T10:20:30.12aZ",
                "2026-11-24T10:20:30.1234567890Z",
                "2026-11-24T10:20:30.123456",
                "２026-11-24T10:20:30Z"
            })
    void whatIsNoInstantIsRefused(String text) {
        assertThatThrownBy(() -> InstantText.read(text)).isInstanceOf(DateTimeParseException.class);
    }
}
