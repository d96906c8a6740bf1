package com.gogogoapi.contracts.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two years of instants, with a leap day among them, against the wall clock of {@link GregorianCalendar}. */
class BudgetWindowTest {

    private static final Instant FROM = Instant.parse("2027-01-01T00:00:00Z");
    private static final long SECONDS_OF_TWO_YEARS = (365L + 366) * 24 * 3600;

    @ParameterizedTest
    @CsvSource({
        "DAY,   2026-11-26T00:00:00Z,           2026-11-26T00:00:00Z, 2026-11-27T00:00:00Z",
        "DAY,   2026-11-26T23:59:59.999999999Z, 2026-11-26T00:00:00Z, 2026-11-27T00:00:00Z",
        "WEEK,  2026-11-23T00:00:00Z,           2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z",
        "WEEK,  2026-11-29T23:59:59Z,           2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z",
        "WEEK,  2027-01-01T12:00:00Z,           2026-12-28T00:00:00Z, 2027-01-04T00:00:00Z",
        "MONTH, 2028-02-29T12:00:00Z,           2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
        "MONTH, 2026-12-31T23:59:59Z,           2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
        // Where UTC had a leap second: there is no instant of it here.
        "DAY,   2016-12-31T23:59:59Z,           2016-12-31T00:00:00Z, 2017-01-01T00:00:00Z"
    })
    void beginsAndEndsAtMidnight(BudgetWindow window, Instant at, Instant start, Instant end) {
        assertThat(window.startOf(at)).isEqualTo(start);
        assertThat(window.endOf(at)).contains(end);
    }

    @Test
    void allOfTimeIsOneWindow() {
        assertThat(BudgetWindow.TOTAL.startOf(FROM)).isEqualTo(Instant.EPOCH);
        assertThat(BudgetWindow.TOTAL.endOf(FROM)).isEmpty();
    }

    @Property(tries = 3_000)
    void isTheOneOnTheWallClock(@ForAll("limited") BudgetWindow window, @ForAll("instants") Instant at) {
        assertThat(window.startOf(at)).isEqualTo(onTheWallClock(window, at));
    }

    /** Every instant is in exactly one window: its neighbours begin where it ends, and it is the same from end to end. */
    @Property(tries = 2_000)
    void windowsFollowEachOtherWithoutGapOrOverlap(
            @ForAll("limited") BudgetWindow window, @ForAll("instants") Instant at) {
        var start = window.startOf(at);
        var end = window.endOf(at).orElseThrow();
        assertThat(at).isAfterOrEqualTo(start).isBefore(end);
        assertThat(window.startOf(start)).isEqualTo(start);
        assertThat(window.startOf(end)).isEqualTo(end);
        assertThat(window.startOf(end.minusNanos(1))).isEqualTo(start);
        assertThat(window.endOf(start)).contains(end);
        assertThat(window.endOf(start.minusNanos(1))).contains(start);
    }

    /** A clock that jumps cannot lead out of order: the earlier of two instants never has the later window. */
    @Property(tries = 2_000)
    void neverRunsBackwards(
            @ForAll BudgetWindow window, @ForAll("instants") Instant one, @ForAll("instants") Instant other) {
        var earlier = one.isBefore(other) ? one : other;
        var later = one.isBefore(other) ? other : one;
        assertThat(window.startOf(earlier)).isBeforeOrEqualTo(window.startOf(later));
    }

    private static Instant onTheWallClock(BudgetWindow window, Instant at) {
        var clock = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        clock.setFirstDayOfWeek(Calendar.MONDAY);
        clock.setTimeInMillis(at.toEpochMilli());
        clock.set(Calendar.HOUR_OF_DAY, 0);
        clock.set(Calendar.MINUTE, 0);
        clock.set(Calendar.SECOND, 0);
        clock.set(Calendar.MILLISECOND, 0);
        if (window == BudgetWindow.WEEK) {
            while (clock.get(Calendar.DAY_OF_WEEK) != Calendar.MONDAY) {
                clock.add(Calendar.DAY_OF_MONTH, -1);
            }
        }
        if (window == BudgetWindow.MONTH) {
            clock.set(Calendar.DAY_OF_MONTH, 1);
        }
        return clock.toInstant();
    }

    @Provide
    Arbitrary<BudgetWindow> limited() {
        return Arbitraries.of(BudgetWindow.DAY, BudgetWindow.WEEK, BudgetWindow.MONTH);
    }

    /** Anywhere in the two years, and half of the time within seconds of a midnight. */
    @Provide
    Arbitrary<Instant> instants() {
        var anywhere = Combinators.combine(
                        Arbitraries.longs().between(0, SECONDS_OF_TWO_YEARS - 1),
                        Arbitraries.integers().between(0, 999_999_999))
                .as((seconds, nanos) -> FROM.plusSeconds(seconds).plusNanos(nanos));
        var midnights = Combinators.combine(
                        Arbitraries.longs().between(0, SECONDS_OF_TWO_YEARS / 86_400),
                        Arbitraries.longs().between(-2_000_000_000L, 2_000_000_000L))
                .as((day, nanos) -> FROM.plusSeconds(day * 86_400).plusNanos(nanos));
        return Arbitraries.oneOf(anywhere, midnights);
    }
}
