package com.gogogoapi.pricing.margin;

import static com.gogogoapi.contracts.money.Usd.usd;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.PriceSchedule;
import com.gogogoapi.contracts.pricing.PriceSource;
import com.gogogoapi.contracts.pricing.PriceWindow;
import com.gogogoapi.contracts.pricing.RouteCostRecorded;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.pricing.book.NewVersion;
import com.gogogoapi.pricing.margin.PricePreview.Quarter;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was used, at a price that is only proposed: with its windows, and beside the cost of when it begins. */
class PricePreviewTest {

    private static final Instant START = Instant.parse("2026-12-01T00:00:00Z");
    private static final Instant MORNING = Instant.parse("2026-11-20T08:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-11-20T20:00:00Z");
    private static final PriceSource SOURCE = new PriceSource("https://example.com", START, null);

    private static TokenPrices prices(String input, String cached, String output) {
        return new TokenPrices(UsdPerMillion.parse(input), UsdPerMillion.parse(cached), UsdPerMillion.parse(output));
    }

    private static NewVersion proposed(TokenPrices prices, @Nullable PriceSchedule schedule) {
        return new NewVersion(NewVersion.Kind.PRICE, "m", prices, schedule, null, START, SOURCE, null, "anna");
    }

    private static RouteCostRecorded cost(String name, TokenPrices prices, Instant from) {
        return new RouteCostRecorded(name, "m", prices, from, SOURCE, "anna", from, null, null);
    }

    private static Quarter quarter(Instant at, String charged) {
        return new Quarter(at, 2, 3_000_000, 1_000_000, 500_000, usd(charged));
    }

    @Test
    void windowsCountAsTheyFellOnWhatWasUsed() {
        var dear = new PriceWindow(
                "peak",
                EnumSet.allOf(DayOfWeek.class),
                LocalTime.of(6, 0),
                LocalTime.of(12, 0),
                PriceWindow.OnHolidays.AS_USUAL,
                prices("10", "1", "20"));
        var schedule = new PriceSchedule(ZoneOffset.UTC, null, List.of(dear));
        var preview = PricePreview.of(
                proposed(prices("1", "0.1", "2"), schedule),
                START,
                List.of(),
                List.of(quarter(MORNING, "5.00"), quarter(EVENING, "5.00")));
        // In the morning 2 × 10 + 1 × 1 + 0.5 × 20 = 31, in the evening a tenth of it.
        assertThat(preview.proposed()).isEqualTo(usd("34.10"));
        assertThat(preview.charged()).isEqualTo(usd("10.00"));
        assertThat(preview.requests()).isEqualTo(4);
        assertThat(preview.promptTokens()).isEqualTo(6_000_000);
        assertThat(preview.cost()).as("none is known").isNull();
        assertThat(preview.losses()).isEmpty();
    }

    /** What the upstream charges by then, not what it charged when it was used. */
    @Test
    void theCostIsThatOfWhenThePriceBegins() {
        var costs = List.of(
                cost("before", prices("1", "1", "1"), Instant.parse("2026-01-01T00:00:00Z")),
                cost("then", prices("2", "1", "2"), Instant.parse("2026-11-30T00:00:00Z")),
                cost("later", prices("9", "9", "9"), Instant.parse("2026-12-24T00:00:00Z")));
        var preview =
                PricePreview.of(proposed(prices("3", "1", "2"), null), START, costs, List.of(quarter(MORNING, "5.00")));
        assertThat(preview.cost()).isEqualTo(usd("6.00"));
        assertThat(preview.proposed()).isEqualTo(usd("8.00"));
        assertThat(preview.losses()).as("within its first week").isEmpty();
    }

    @Test
    void aPriceBelowItsCostIsToldEvenWhereNothingWasUsed() {
        var preview = PricePreview.of(
                proposed(prices("1", "0", "1"), null),
                START,
                List.of(cost("known", prices("2", "0", "1"), Instant.EPOCH)),
                List.of());
        assertThat(preview.proposed()).isEqualTo(usd("0.00"));
        assertThat(preview.cost()).isEqualTo(usd("0.00"));
        assertThat(preview.losses()).hasSize(1);
        assertThat(preview.losses().getFirst().from()).isEqualTo(START);
    }
}
