package com.gogogoapi.pricing.margin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.contracts.pricing.LossPolicy;
import com.gogogoapi.contracts.pricing.PriceAt;
import com.gogogoapi.contracts.pricing.Route;
import com.gogogoapi.pricing.wording.StatedPrices;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every route's margin, for operators. */
@RestController
class MarginController {

    /** Losses shown of one route: a week of windows; more says nothing new. */
    static final int MAX_SHOWN = 100;

    private final MarginGuard guard;
    private final Clock clock;

    MarginController(MarginGuard guard, Clock clock) {
        this.guard = guard;
        this.clock = clock;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Terms(String version, @Nullable String window, StatedPrices prices) {
        static Terms of(PriceAt at) {
            return new Terms(at.version(), at.window(), StatedPrices.of(at.prices()));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Loss(Instant from, @Nullable Instant until, Terms price, Terms cost) {
        static Loss of(Route.Loss loss) {
            return new Loss(loss.from(), loss.until(), Terms.of(loss.price()), Terms.of(loss.cost()));
        }
    }

    /** @param costKnown without it nothing can be said of the margin */
    record Margin(
            String model,
            boolean alarm,
            @JsonProperty("losing_now") boolean losingNow,
            @JsonProperty("suspended_now") boolean suspendedNow,
            @JsonProperty("cost_known") boolean costKnown,
            @JsonProperty("on_loss") String onLoss,
            List<Loss> losses) {}

    record Margins(
            String object,
            @JsonProperty("as_of") Instant asOf,
            @JsonProperty("looked_until") Instant lookedUntil,
            List<Margin> data) {}

    @GetMapping("/internal/margins")
    Margins margins() {
        var now = clock.instant();
        var data =
                guard.outlook(now).stream().map(outlook -> margin(outlook, now)).toList();
        return new Margins("list", now, now.plus(MarginGuard.AHEAD), data);
    }

    private static Margin margin(MarginGuard.Outlook outlook, Instant now) {
        var losses = outlook.losses();
        var losing = !losses.isEmpty() && !losses.getFirst().from().isAfter(now);
        var policy = outlook.route().onLoss();
        return new Margin(
                outlook.route().model(),
                !losses.isEmpty(),
                losing,
                losing && policy == LossPolicy.SUSPEND,
                outlook.route().costAt(now).isPresent(),
                policy.name().toLowerCase(Locale.ROOT),
                losses.stream().limit(MAX_SHOWN).map(Loss::of).toList());
    }
}
