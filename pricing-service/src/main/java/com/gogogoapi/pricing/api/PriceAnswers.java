package com.gogogoapi.pricing.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.HolidayCalendar;
import com.gogogoapi.contracts.pricing.PriceAt;
import com.gogogoapi.contracts.pricing.PriceSchedule;
import com.gogogoapi.contracts.pricing.PriceSource;
import com.gogogoapi.contracts.pricing.PriceVersion;
import com.gogogoapi.contracts.pricing.PriceVersions;
import com.gogogoapi.contracts.pricing.PriceWindow;
import com.gogogoapi.contracts.pricing.Route;
import com.gogogoapi.pricing.wording.ScheduleWords;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The book as clients read it. */
final class PriceAnswers {

    private PriceAnswers() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Source(
            String url,
            @JsonProperty("retrieved_at") Instant retrievedAt,
            @JsonProperty("content_sha256") @Nullable String contentSha256) {

        static Source of(PriceSource source) {
            return new Source(source.url(), source.retrievedAt(), source.contentSha256());
        }
    }

    record Window(
            String name,
            List<String> days,
            LocalTime from,
            LocalTime to,
            @JsonProperty("on_holidays") String onHolidays,
            @JsonProperty("input_usd_per_million") UsdPerMillion input,
            @JsonProperty("cached_input_usd_per_million") UsdPerMillion cachedInput,
            @JsonProperty("output_usd_per_million") UsdPerMillion output) {

        static Window of(PriceWindow window) {
            return new Window(
                    window.name(),
                    window.days().stream()
                            .map(day -> day.name().toLowerCase(Locale.ROOT))
                            .toList(),
                    window.from(),
                    window.to(),
                    window.onHolidays().name().toLowerCase(Locale.ROOT),
                    window.prices().input(),
                    window.prices().cachedInput(),
                    window.prices().output());
        }
    }

    record Calendar(String name, SortedSet<LocalDate> holidays) {
        static @Nullable Calendar of(@Nullable HolidayCalendar calendar) {
            return calendar == null ? null : new Calendar(calendar.name(), calendar.holidays());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Schedule(
            String zone,
            @Nullable Calendar calendar,
            List<Window> windows,
            @JsonProperty("in_words") List<String> inWords) {

        static @Nullable Schedule of(PriceVersion version) {
            PriceSchedule schedule = version.schedule();
            return schedule == null
                    ? null
                    : new Schedule(
                            schedule.zone().getId(),
                            Calendar.of(schedule.calendar()),
                            schedule.windows().stream().map(Window::of).toList(),
                            ScheduleWords.of(version).stream()
                                    .map(tariff -> tariff.name() + ": " + tariff.when())
                                    .toList());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Version(
            @JsonProperty("price_version") String priceVersion,
            @JsonProperty("input_usd_per_million") UsdPerMillion input,
            @JsonProperty("cached_input_usd_per_million") UsdPerMillion cachedInput,
            @JsonProperty("output_usd_per_million") UsdPerMillion output,
            @JsonProperty("valid_from") Instant validFrom,
            Source source,
            @Nullable Schedule schedule,
            @Nullable String reason,
            @JsonProperty("published_by") String publishedBy,
            @JsonProperty("published_at") Instant publishedAt) {

        static Version of(PriceVersion version) {
            return new Version(
                    version.version(),
                    version.prices().input(),
                    version.prices().cachedInput(),
                    version.prices().output(),
                    version.validFrom(),
                    Source.of(version.source()),
                    Schedule.of(version),
                    version.reason(),
                    version.announcedBy(),
                    version.announcedAt());
        }
    }

    /** What applies from an instant on. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Change(
            Instant at,
            @JsonProperty("price_version") String priceVersion,
            @Nullable String window,
            @JsonProperty("input_usd_per_million") UsdPerMillion input,
            @JsonProperty("cached_input_usd_per_million") UsdPerMillion cachedInput,
            @JsonProperty("output_usd_per_million") UsdPerMillion output) {

        static Change of(Instant at, PriceAt price) {
            return new Change(
                    at,
                    price.version(),
                    price.window(),
                    price.prices().input(),
                    price.prices().cachedInput(),
                    price.prices().output());
        }
    }

    record RoutePrice(
            String object,
            String model,
            List<String> aliases,
            @JsonProperty("price_version") String priceVersion,
            @JsonProperty("input_usd_per_million") UsdPerMillion input,
            @JsonProperty("cached_input_usd_per_million") UsdPerMillion cachedInput,
            @JsonProperty("output_usd_per_million") UsdPerMillion output,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String window,

            @JsonProperty("valid_from") Instant validFrom,

            @JsonProperty("valid_until") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant validUntil,

            Source source,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Schedule schedule,

            @JsonProperty("context_tokens") long contextTokens,
            @JsonProperty("max_completion_tokens") long maxCompletionTokens,
            @JsonProperty("default_max_completion_tokens") long defaultMaxCompletionTokens,
            boolean vision,

            @JsonProperty("next_change") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Change nextChange,

            @Nullable Version next) {}

    record Pricing(String object, @JsonProperty("as_of") Instant asOf, List<RoutePrice> data) {}

    record History(String object, String model, List<Version> data) {}

    /** A route's price now, the next to come and the next version; empty before the first one is valid. */
    static Optional<RoutePrice> routePrice(Route route, Instant now) {
        var inForce = PriceVersions.inForce(route.prices(), now);
        var price = route.priceAt(now);
        if (inForce.isEmpty() || price.isEmpty()) {
            return Optional.empty();
        }
        var version = inForce.get();
        var until = price.get().validUntil();
        var nextVersion = PriceVersions.nextStart(route.prices(), now)
                .flatMap(start -> PriceVersions.inForce(route.prices(), start))
                .map(Version::of);
        return Optional.of(new RoutePrice(
                "route_price",
                version.model(),
                route.aliases(),
                version.priceVersion(),
                price.get().prices().input(),
                price.get().prices().cachedInput(),
                price.get().prices().output(),
                price.get().window(),
                version.validFrom(),
                until,
                Source.of(version.source()),
                Schedule.of(version),
                version.limits().contextTokens(),
                version.limits().maxCompletionTokens(),
                version.limits().defaultMaxCompletionTokens(),
                version.limits().hasVision(),
                until == null
                        ? null
                        : route.priceAt(until)
                                .map(then -> Change.of(until, then))
                                .orElse(null),
                nextVersion.orElse(null)));
    }
}
