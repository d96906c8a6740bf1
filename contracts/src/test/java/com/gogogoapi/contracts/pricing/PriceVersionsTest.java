package com.gogogoapi.contracts.pricing;

import static com.gogogoapi.contracts.pricing.Prices.LIMITS;
import static com.gogogoapi.contracts.pricing.Prices.SOURCE;
import static com.gogogoapi.contracts.pricing.Prices.cost;
import static com.gogogoapi.contracts.pricing.Prices.price;
import static com.gogogoapi.contracts.pricing.Prices.version;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.pricing.PriceWindow.OnHolidays;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceVersionsTest {

    private static final TokenPrices OFF_PEAK = price("0.15", "0.60");
    private static final TokenPrices PEAK = price("0.30", "1.20");

    /** DeepSeek's hours as of late August 2026: 01:00–04:00 and 06:00–10:00 UTC on Chinese working weekdays. */
    private static final PriceSchedule DEEPSEEK = new PriceSchedule(
            ZoneId.of("Asia/Shanghai"),
            calendar("2026-09-25", "2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"),
            List.of(window("09:00", "12:00", OnHolidays.NEVER), window("14:00", "18:00", OnHolidays.NEVER)));

    private static HolidayCalendar calendar(String... days) {
        return new HolidayCalendar(
                "holidays",
                new TreeSet<>(List.of(days).stream().map(LocalDate::parse).toList()));
    }

    private static PriceWindow window(String from, String to, OnHolidays onHolidays) {
        return new PriceWindow(
                "peak",
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                LocalTime.parse(from),
                LocalTime.parse(to),
                onHolidays,
                PEAK);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-24T00:59:59.999999999Z, false, 2026-09-24T01:00:00Z, a working Thursday before nine in Shanghai",
        "2026-09-24T01:00:00Z,           true,  2026-09-24T04:00:00Z, to the nanosecond",
        "2026-09-24T03:59:59.999999999Z, true,  2026-09-24T04:00:00Z, the last moment of the morning",
        "2026-09-24T04:00:00Z,           false, 2026-09-24T06:00:00Z, noon",
        "2026-09-24T10:00:00Z,           false, 2026-09-28T01:00:00Z, then a holiday and a weekend",
        "2026-09-25T02:00:00Z,           false, 2026-09-28T01:00:00Z, a holiday",
        "2026-09-30T10:00:00Z,           false, 2026-10-08T01:00:00Z, the holidays of October",
    })
    void peakHoursWeekendsAndHolidays(String at, boolean peak, String until, String what) {
        var versions = List.of(version("v", "2026-09-10T04:00:00Z", OFF_PEAK, DEEPSEEK));
        assertThat(PriceVersions.at(versions, Instant.parse(at)))
                .as(what)
                .hasValue(new PriceAt("v", peak ? "peak" : null, peak ? PEAK : OFF_PEAK, Instant.parse(until)));
    }

    /** 2026: New York puts its clock forward on March 8th at 02:00 and back on November 1st at 02:00. */
    @ParameterizedTest
    @CsvSource({
        "02:15, 04:00, 2026-03-08T06:59:59Z, false, 2026-03-08T07:00:00Z, the clock jumps from 01:59:59 into the window",
        "02:15, 04:00, 2026-03-08T07:00:00Z, true,  2026-03-08T08:00:00Z, and it is an hour shorter",
        "02:15, 02:45, 2026-03-08T06:00:00Z, false, 2026-03-09T06:15:00Z, a window in the hour that is left out is left out",
        "01:15, 01:45, 2026-11-01T05:15:00Z, true,  2026-11-01T05:45:00Z, the hour that comes twice: first",
        "01:15, 01:45, 2026-11-01T05:45:00Z, false, 2026-11-01T06:15:00Z, between",
        "01:15, 01:45, 2026-11-01T06:15:00Z, true,  2026-11-01T06:45:00Z, second",
        "01:30, 03:00, 2026-11-01T05:59:59Z, true,  2026-11-01T06:00:00Z, back to 01:00: before the window again",
        "22:00, 01:30, 2026-11-01T05:29:59Z, true,  2026-11-01T05:30:00Z, over midnight, it ends at half past one",
        "22:00, 01:30, 2026-11-01T06:00:00Z, true,  2026-11-01T06:30:00Z, and begins again when the clock is put back",
    })
    void daylightSavingFollowsTheWallClock(
            String from, String to, String at, boolean inside, String until, String what) {
        var window = new PriceWindow(
                "w",
                EnumSet.allOf(DayOfWeek.class),
                LocalTime.parse(from),
                LocalTime.parse(to),
                OnHolidays.AS_USUAL,
                PEAK);
        var versions = List.of(version(
                "v",
                "2026-01-01T00:00:00Z",
                OFF_PEAK,
                new PriceSchedule(ZoneId.of("America/New_York"), null, List.of(window))));
        var price = PriceVersions.at(versions, Instant.parse(at)).orElseThrow();
        assertThat(price.window() != null).as(what).isEqualTo(inside);
        assertThat(price.validUntil()).as(what).isEqualTo(until);
    }

    @Test
    void aVersionEndsWhereTheNextBeginsAlsoInsideAWindow() {
        var versions = List.of(
                version("old", "2026-09-10T04:00:00Z", OFF_PEAK, DEEPSEEK),
                version("new", "2026-09-24T02:30:00Z", price("9", "9"), null));
        assertThat(PriceVersions.at(versions, Instant.parse("2026-09-24T02:00:00Z"))
                        .orElseThrow()
                        .validUntil())
                .isEqualTo("2026-09-24T02:30:00Z");
        assertThat(PriceVersions.at(versions, Instant.parse("2026-09-24T02:30:00Z")))
                .hasValue(new PriceAt("new", null, price("9", "9"), null));
        assertThat(PriceVersions.at(versions, Instant.parse("2026-09-10T03:59:59Z")))
                .isEmpty();
    }

    @Test
    void aRouteIsTheSameInWhateverOrderItsEventsCame() {
        var events = new ArrayList<>(List.<java.util.function.UnaryOperator<Route>>of(
                route -> route.with(version("a", "2026-01-01T00:00:00Z", OFF_PEAK, null)),
                route -> route.with(version("b", "2026-02-01T00:00:00Z", PEAK, null)),
                route -> route.with(version("c", "2026-01-15T00:00:00Z", PEAK, null)),
                route -> route.with(cost("x", "2026-01-01T00:00:00Z", OFF_PEAK, null)),
                route -> route.with(cost("y", "2026-03-01T00:00:00Z", OFF_PEAK, null))));
        var expected = events.stream().reduce(Route.unknown("m"), (route, event) -> event.apply(route), (a, b) -> a);
        for (var seed = 0; seed < 20; seed++) {
            var shuffled = new ArrayList<>(events);
            shuffled.addAll(events.subList(0, 2));
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(shuffled.stream().reduce(Route.unknown("m"), (route, event) -> event.apply(route), (a, b) -> a))
                    .isEqualTo(expected);
        }
    }

    /** Flat price between the upstream's peak and off-peak cost: a loss in exactly the peak hours. */
    @Test
    void findsEveryLossOfAWeekAtItsExactBounds() {
        var route = Route.unknown("m")
                .with(version("p", "2026-09-10T04:00:00Z", price("0.20", "1.00"), null))
                .with(cost("c", "2026-09-10T04:00:00Z", OFF_PEAK, DEEPSEEK));
        var losses = route.losses(Instant.parse("2026-09-24T02:00:00Z"), Instant.parse("2026-10-01T02:00:00Z"));
        assertThat(losses)
                .extracting(loss -> loss.from() + "/" + loss.until())
                .containsExactly(
                        "2026-09-24T02:00:00Z/2026-09-24T04:00:00Z",
                        "2026-09-24T06:00:00Z/2026-09-24T10:00:00Z",
                        "2026-09-28T01:00:00Z/2026-09-28T04:00:00Z",
                        "2026-09-28T06:00:00Z/2026-09-28T10:00:00Z",
                        "2026-09-29T01:00:00Z/2026-09-29T04:00:00Z",
                        "2026-09-29T06:00:00Z/2026-09-29T10:00:00Z",
                        "2026-09-30T01:00:00Z/2026-09-30T04:00:00Z",
                        "2026-09-30T06:00:00Z/2026-09-30T10:00:00Z");
    }

    @Test
    void aSuspendedRouteIsSoldAgainWhenThePriceCoversItsCost() {
        var route = Route.unknown("m")
                .with(version("p", "2026-09-10T04:00:00Z", price("0.20", "1.00"), null))
                .with(cost("c", "2026-09-10T04:00:00Z", OFF_PEAK, DEEPSEEK));
        var peak = Instant.parse("2026-09-24T03:59:59.999Z");
        assertThat(route.offerAt(peak)).as("sold anyway unless told otherwise").isInstanceOf(Offer.Sold.class);

        var suspended = route.with(new RouteLossPolicySet("m", LossPolicy.SUSPEND, "operator", Instant.EPOCH, null));
        assertThat(suspended.offerAt(peak)).isEqualTo(new Offer.Suspended("m", Instant.parse("2026-09-24T04:00:00Z")));
        assertThat(suspended.offerAt(Instant.parse("2026-09-24T04:00:00Z"))).isInstanceOf(Offer.Sold.class);
        assertThat(suspended.offerAt(Instant.EPOCH)).isEqualTo(new Offer.Unpriced("m"));
    }

    /** As it was written before there were windows; this text is on topics and must be read for ever. */
    private static final String STORED = """
            {"priceVersion":"m@2026-04-26T12:15:00Z","model":"m",\
            "prices":{"input":"0.14","cachedInput":"0.0028","output":"0.28"},\
            "limits":{"contextTokens":1000,"maxCompletionTokens":100,"defaultMaxCompletionTokens":50},\
            "validFrom":"2026-04-26T12:15:00Z",\
            "source":{"url":"https://example.com","retrievedAt":"2026-04-26T12:15:00Z"},\
            "publishedBy":"start-up data","publishedAt":"2026-04-26T12:15:00Z"}""";

    @Test
    void theStoredFormOfOldVersionsIsReadAndWrittenUnchanged() {
        var version = EventJson.read(STORED.getBytes(UTF_8), RoutePricePublished.class);
        assertThat(version.schedule()).isNull();
        assertThat(version.limits()).isEqualTo(LIMITS);
        assertThat(new String(EventJson.write(version), UTF_8)).isEqualTo(STORED);
        assertThat(version.limits().hasVision()).isFalse();
    }

    @Test
    void visionIsWrittenWhereThereIsSome() {
        var withVision = STORED.replace(
                "\"defaultMaxCompletionTokens\":50", "\"defaultMaxCompletionTokens\":50,\"vision\":true");
        var version = EventJson.read(withVision.getBytes(UTF_8), RoutePricePublished.class);
        assertThat(version.limits().hasVision()).isTrue();
        assertThat(version.limits()).isNotEqualTo(LIMITS);
        assertThat(new String(EventJson.write(version), UTF_8)).isEqualTo(withVision);
        assertThat(new RouteLimits(1_000, 100, 50, false)).isEqualTo(LIMITS);
    }

    @Test
    void aScheduleComesBackAsItWent() {
        var version = new RoutePricePublished(
                "m@2026-09-10T04:00:00Z",
                "m",
                OFF_PEAK,
                LIMITS,
                Instant.parse("2026-09-10T04:00:00Z"),
                new PriceSource(SOURCE.url(), SOURCE.retrievedAt(), "0123456789abcdef".repeat(4)),
                "operator",
                Instant.parse("2026-09-10T03:00:00Z"),
                DEEPSEEK,
                "the upstream's new hours");
        var json = EventJson.write(version);
        assertThat(EventJson.read(json, RoutePricePublished.class)).isEqualTo(version);
        assertThat(new String(json, UTF_8))
                .contains("\"zone\":\"Asia/Shanghai\"", "\"days\":[\"MONDAY\",\"TUESDAY\"", "\"from\":\"09:00:00\"");
    }

    @Test
    void refusesWhatCannotBeMeant() {
        assertThatThrownBy(() ->
                        new PriceSchedule(ZoneId.of("UTC"), null, List.of(window("09:00", "12:00", OnHolidays.NEVER))))
                .hasMessageContaining("no calendar");
        assertThatThrownBy(() -> new PriceSchedule(ZoneId.of("UTC"), null, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PriceSource("https://example.com", Instant.EPOCH, "ABC"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> window("09:00", "12:00", OnHolidays.NEVER).days().add(DayOfWeek.SUNDAY))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
