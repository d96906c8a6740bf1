package com.gogogoapi.usage.activity;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.usage.rollup.Grain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Days and hours of zones, and the rows that they are put together of. */
class SliceTest {

    private static long at(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }

    private static List<Slice> hours(String zone, String from, String to) {
        return Slice.hours(ZoneId.of(zone), at(from), at(to), 100);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-29, 23",
        "Europe/Berlin, 2026-10-25, 25",
        "America/New_York, 2026-03-08, 23",
        "America/New_York, 2026-11-01, 25",
        "Asia/Kolkata, 2026-03-29, 24",
        "Asia/Kathmandu, 2026-03-29, 24"
    })
    void aDayHasAsManyHoursAsClocksThereShow(String zone, String day, int hours) {
        var there = ZoneId.of(zone);
        var date = LocalDate.parse(day);
        var from = date.atStartOfDay(there).toEpochSecond();
        var slices =
                Slice.days(there, from, date.plusDays(1).atStartOfDay(there).toEpochSecond(), 31);
        assertThat(slices).containsExactly(new Slice(day, from, from + hours * 3_600L));
        assertThat(Slice.hours(there, from, slices.getFirst().to(), 100)).hasSize(hours);
    }

    @Test
    void anHourThatComesTwiceIsTwo() {
        assertThat(hours("Europe/Berlin", "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z"))
                .extracting(Slice::label)
                .containsExactly("2026-10-25T02:00+02:00", "2026-10-25T02:00+01:00");
    }

    /** On Lord Howe clocks are changed by half an hour. */
    @Test
    void anHourThatIsCutShortIsAnHour() {
        assertThat(hours("Australia/Lord_Howe", "2026-10-03T14:30:00Z", "2026-10-03T17:00:00Z"))
                .extracting(Slice::label)
                .containsExactly("2026-10-04T01:00+10:30", "2026-10-04T02:00+11:00", "2026-10-04T03:00+11:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe"})
    void everyQuarterIsInExactlyOnePieceOfItsSlice(String zone) {
        var there = ZoneId.of(zone);
        var from = LocalDate.parse("2026-03-01").atStartOfDay(there).toEpochSecond() + 900;
        var to = LocalDate.parse("2026-04-10").atStartOfDay(there).toEpochSecond() + 2_700;
        for (var slices : List.of(
                Slice.days(there, from, to, 1_000),
                Slice.hours(there, from, to, 10_000),
                List.of(new Slice("", from, to)))) {
            assertThat(slices.getFirst().from()).isEqualTo(from);
            assertThat(slices.getLast().to()).isEqualTo(to);
            var covered = from;
            var slice = 0;
            for (var piece : Piece.of(slices)) {
                assertThat(piece.from()).isEqualTo(covered);
                assertThat(piece.grain().floor(piece.from())).isEqualTo(piece.from());
                assertThat(piece.grain().floor(piece.to())).isEqualTo(piece.to());
                slice = covered < slices.get(slice).to() ? slice : slice + 1;
                assertThat(piece.slice()).isEqualTo(slice);
                assertThat(piece.to())
                        .isGreaterThan(piece.from())
                        .isLessThanOrEqualTo(slices.get(slice).to());
                covered = piece.to();
            }
            assertThat(covered).isEqualTo(to);
        }
    }

    @Test
    void wholeDaysOfUtcAreReadAsDays() {
        var pieces = Piece.of(List.of(new Slice("", at("2026-03-01T10:45:00Z"), at("2026-03-04T02:00:00Z"))));
        assertThat(pieces).extracting(Piece::grain).containsExactly(Grain.QUARTER, Grain.HOUR, Grain.DAY, Grain.HOUR);
    }
}
