package com.gogogoapi.pricing.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.PriceAt;
import com.gogogoapi.contracts.pricing.PriceVersion;
import com.gogogoapi.contracts.pricing.PriceVersions;
import com.gogogoapi.contracts.pricing.Route;
import com.gogogoapi.pricing.book.PriceBook;
import com.gogogoapi.pricing.wording.StatedPrices;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The book as operators read it: with what the upstream charges, and with routes that are not sold yet. */
@RestController
@RequestMapping("/internal/routes")
class BookController {

    private final PriceBook book;
    private final Clock clock;

    BookController(PriceBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    /** @param until when they turn next; absent where nothing is known of that */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Terms(
            String version,
            @Nullable String window,
            @JsonUnwrapped StatedPrices prices,
            @Nullable Instant until) {

        static Terms of(PriceAt at) {
            return new Terms(at.version(), at.window(), StatedPrices.of(at.prices()), at.validUntil());
        }
    }

    /**
     * A route in a line.
     *
     * @param price null before the first one begins
     * @param cost null where none is known
     * @param nextPrice the next version of its price; null where none is announced
     */
    record Line(
            String model,
            List<String> aliases,
            @JsonProperty("on_loss") String onLoss,
            @Nullable Terms price,
            @Nullable Terms cost,
            @JsonProperty("next_price") @Nullable Version nextPrice) {

        static Line of(Route route, Instant now) {
            return new Line(
                    route.model(),
                    route.aliases(),
                    whatOnLoss(route),
                    route.priceAt(now).map(Terms::of).orElse(null),
                    route.costAt(now).map(Terms::of).orElse(null),
                    PriceVersions.nextStart(route.prices(), now)
                            .flatMap(start -> PriceVersions.inForce(route.prices(), start))
                            .map(Version::of)
                            .orElse(null));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Version(
            String version,
            @JsonUnwrapped StatedPrices prices,
            @JsonProperty("valid_from") Instant validFrom,
            PriceAnswers.Source source,
            PriceAnswers.@Nullable Schedule schedule,
            @Nullable String reason,
            @JsonProperty("announced_by") String announcedBy,
            @JsonProperty("announced_at") Instant announcedAt) {

        static Version of(PriceVersion version) {
            return new Version(
                    version.version(),
                    StatedPrices.of(version.prices()),
                    version.validFrom(),
                    PriceAnswers.Source.of(version.source()),
                    PriceAnswers.Schedule.of(version),
                    version.reason(),
                    version.announcedBy(),
                    version.announcedAt());
        }
    }

    record Lines(String object, @JsonProperty("as_of") Instant asOf, List<Line> data) {}

    /** @param prices the one that would be in force first comes first; @param costs in the same order */
    record Whole(
            String object,
            String model,
            List<String> aliases,
            @JsonProperty("on_loss") String onLoss,
            @JsonProperty("as_of") Instant asOf,
            List<Version> prices,
            List<Version> costs) {}

    private static String whatOnLoss(Route route) {
        return route.onLoss().name().toLowerCase(Locale.ROOT);
    }

    @GetMapping
    Lines all() {
        var now = clock.instant();
        return new Lines(
                "list",
                now,
                book.routes().stream().map(route -> Line.of(route, now)).toList());
    }

    @GetMapping("/{model}")
    Whole one(@PathVariable String model) {
        var route = book.named(model);
        if (route.prices().isEmpty() && route.costs().isEmpty()) {
            throw ApiError.modelNotFound(model);
        }
        return new Whole(
                "route",
                route.model(),
                route.aliases(),
                whatOnLoss(route),
                clock.instant(),
                route.prices().stream().map(Version::of).toList(),
                route.costs().stream().map(Version::of).toList());
    }
}
