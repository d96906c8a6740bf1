package com.gogogoapi.contracts.pricing;

import static com.gogogoapi.contracts.pricing.Prices.price;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * A year of instants against another calculation: the wall clock of {@link GregorianCalendar}, whose zone rules are other
 * code than {@code java.time}'s, looked at hour by hour, and no turning points at all.
 */
class PricesOfAYearTest {

    private static final Instant YEAR = Instant.parse("2026-01-01T00:00:00Z");
    private static final long SECONDS_OF_A_YEAR = 365L * 24 * 3600;

    /** With and without daylight saving, at whole and half hours, in both hemispheres. */
    private static final List<String> ZONES = List.of(
            "UTC",
            "America/New_York",
            "Europe/Berlin",
            "Asia/Shanghai",
            "Australia/Lord_Howe",
            "America/St_Johns",
            "Pacific/Auckland");

    @Property(tries = 3_000)
    void theWindowIsTheOneOnTheWallClock(@ForAll("schedules") PriceSchedule schedule, @ForAll("instants") Instant at) {
        assertThat(schedule.windowAt(at).map(PriceWindow::name).orElse(null)).isEqualTo(onTheWallClock(schedule, at));
    }

    /** The last moment before a change has the old window, the change itself the new one, and nothing between turns. */
    @Property(tries = 400)
    void aChangeIsRightToTheNanosecondAndNoneIsMissed(
            @ForAll("schedules") PriceSchedule schedule, @ForAll("instants") Instant at) {
        var now = onTheWallClock(schedule, at);
        var change = schedule.changeAfter(at, at.plusSeconds(14 * 24 * 3600)).orElse(null);
        var end = change == null ? at.plusSeconds(14 * 24 * 3600) : change;
        if (change != null) {
            assertThat(onTheWallClock(schedule, change)).isNotEqualTo(now);
            assertThat(schedule.windowAt(change.minusNanos(1))
                            .map(PriceWindow::name)
                            .orElse(null))
                    .isEqualTo(now);
        }
        // Hours of windows are whole quarters of an hour here, and so are all clock changes: this grid sees them all.
        for (var quarter = at.getEpochSecond() / 900 + 1; quarter * 900 < end.getEpochSecond(); quarter++) {
            assertThat(onTheWallClock(schedule, Instant.ofEpochSecond(quarter * 900)))
                    .isEqualTo(now);
        }
    }

    /** The window's name, worked out without java.time's zones. */
    private static @Nullable String onTheWallClock(PriceSchedule schedule, Instant at) {
        var clock = new GregorianCalendar(TimeZone.getTimeZone(schedule.zone().getId()));
        clock.setTimeInMillis(at.toEpochMilli());
        var secondOfDay =
                clock.get(Calendar.HOUR_OF_DAY) * 3600 + clock.get(Calendar.MINUTE) * 60 + clock.get(Calendar.SECOND);
        var today = dayOf(clock);
        var yesterday = LocalDate.of(today.getYear(), today.getMonth(), today.getDayOfMonth())
                .minusDays(1);
        for (var window : schedule.windows()) {
            var from = window.from().toSecondOfDay();
            var to = window.to().toSecondOfDay();
            var overMidnight = to <= from;
            var inTodays = secondOfDay >= from && (overMidnight || secondOfDay < to) && counts(window, schedule, today);
            var inYesterdays = overMidnight && secondOfDay < to && counts(window, schedule, yesterday);
            if (inTodays || inYesterdays) {
                return window.name();
            }
        }
        return null;
    }

    private static LocalDate dayOf(Calendar clock) {
        return LocalDate.of(clock.get(Calendar.YEAR), clock.get(Calendar.MONTH) + 1, clock.get(Calendar.DAY_OF_MONTH));
    }

    private static boolean counts(PriceWindow window, PriceSchedule schedule, LocalDate day) {
        var isHoliday =
                schedule.calendar() != null && schedule.calendar().holidays().contains(day);
        if (!window.days().contains(day.getDayOfWeek())) {
            return false;
        }
        if (window.onHolidays() == PriceWindow.OnHolidays.NEVER) {
            return !isHoliday;
        }
        return window.onHolidays() == PriceWindow.OnHolidays.AS_USUAL || isHoliday;
    }

    /** Anywhere in the year, and half of the time within hours of a change of somebody's clock. */
    @Provide
    Arbitrary<Instant> instants() {
        var anywhere = Arbitraries.longs().between(0, SECONDS_OF_A_YEAR).map(YEAR::plusSeconds);
        var clockChanges = new ArrayList<Instant>();
        for (var zone : ZONES) {
            var rules = ZoneId.of(zone).getRules();
            for (var change = rules.nextTransition(YEAR);
                    change != null && change.getInstant().isBefore(YEAR.plusSeconds(SECONDS_OF_A_YEAR));
                    change = rules.nextTransition(change.getInstant())) {
                clockChanges.add(change.getInstant());
            }
        }
        var atChanges = Combinators.combine(
                        Arbitraries.of(clockChanges), Arbitraries.longs().between(-3 * 3600, 3 * 3600))
                .as(Instant::plusSeconds);
        return Arbitraries.oneOf(anywhere, atChanges);
    }

    @Provide
    Arbitrary<PriceSchedule> schedules() {
        var holidays = Arbitraries.integers()
                .between(0, 364)
                .map(day -> LocalDate.of(2026, 1, 1).plusDays(day))
                .list()
                .ofMaxSize(60)
                .map(days -> new HolidayCalendar("holidays", new TreeSet<>(days)));
        var quarters = Arbitraries.integers().between(0, 95).map(quarter -> LocalTime.ofSecondOfDay(quarter * 900L));
        var windows = Combinators.combine(
                        Arbitraries.of(DayOfWeek.class).set().ofMinSize(1),
                        quarters,
                        quarters,
                        Arbitraries.of(PriceWindow.OnHolidays.class))
                .as((days, from, to, onHolidays) -> new PriceWindow("w", days, from, to, onHolidays, price("1", "2")))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(PricesOfAYearTest::numbered);
        return Combinators.combine(Arbitraries.of(ZONES), holidays, windows)
                .as((zone, calendar, list) -> new PriceSchedule(ZoneId.of(zone), calendar, list));
    }

    private static List<PriceWindow> numbered(List<PriceWindow> windows) {
        var named = new ArrayList<PriceWindow>();
        for (var window : windows) {
            named.add(new PriceWindow(
                    "w" + named.size(),
                    window.days(),
                    window.from(),
                    window.to(),
                    window.onHolidays(),
                    window.prices()));
        }
        return named;
    }
}
