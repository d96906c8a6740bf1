package com.gogogoapi.quote.learning;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What requests turned out to be, per route and, where there is enough of it, per account. Kept in bounded memory and only
 * there: whoever starts anew reads it from the ledger's events again.
 */
@Component
public class Experience {

    /** Of one account on one route. */
    static final int ACCOUNT_WINDOW = 256;

    static final int ENOUGH_OF_ACCOUNT = 30;
    static final int ENOUGH_OF_ROUTE = 50;

    /** Limits are learned from the rare long ones, and these take more requests to be seen. */
    static final int ENOUGH_OF_ACCOUNT_FOR_LIMIT = 200;

    static final int ENOUGH_OF_ROUTE_FOR_LIMIT = 500;

    /** About 4 kB each; those not heard of for longest are forgotten. */
    private static final int MAX_ACCOUNTS = 10_000;

    /** Far more than an installation sells; what goes beyond is not learned. */
    private static final int MAX_ROUTES = 500;

    private static final int MEDIAN_PER_MILLE = 500;
    private static final int NEARLY_ALL_PER_MILLE = 999;
    private static final long MILLION = 1_000_000;

    /** No prompt is held for at more than twice its count, whatever an upstream states. */
    private static final long MAX_PROMPT_RATIO = 2 * MILLION;

    private record Customer(AccountId account, String model) {}

    private final Map<String, RouteExperience> routes = new ConcurrentSkipListMap<>();
    /** In the order in which they were last heard of. */
    private final SequencedMap<Customer, RecentValues> customers = new LinkedHashMap<>();

    private final MeterRegistry meters;

    Experience(MeterRegistry meters) {
        this.meters = meters;
    }

    /** How a request ended that was held for. */
    void learn(CreditReserved reserved, CreditSettled settled) {
        if (settled.aboveHold() != null) {
            // Beyond what is believed: it would only teach what this upstream claims.
            return;
        }
        var model = reserved.model();
        if (!routes.containsKey(model) && routes.size() < MAX_ROUTES) {
            var fresh = new RouteExperience();
            routes.put(model, fresh);
            measure(model, fresh);
        }
        var route = routes.get(model);
        if (route != null) {
            route.add(reserved, settled);
            lengthsOf(new Customer(reserved.accountId(), model))
                    .add(settled.usage().completionTokens(), RouteExperience.wasCutOff(reserved, settled));
        }
    }

    private RecentValues lengthsOf(Customer customer) {
        synchronized (customers) {
            var lengths = customers.remove(customer);
            if (lengths == null) {
                lengths = new RecentValues(ACCOUNT_WINDOW);
                if (customers.size() == MAX_ACCOUNTS) {
                    customers.pollFirstEntry();
                }
            }
            customers.put(customer, lengths);
            return lengths;
        }
    }

    private @Nullable RecentValues knownLengthsOf(Customer customer) {
        synchronized (customers) {
            return customers.get(customer);
        }
    }

    /** Where a figure was learned. */
    public enum LearnedFrom {
        ACCOUNT,
        ROUTE
    }

    /** A number of completion tokens that was learned. */
    public record Learned(long tokens, LearnedFrom from) {}

    /** How long half of the completions are at most. */
    public Optional<Learned> expectedCompletion(AccountId account, String model) {
        return learned(account, model, MEDIAN_PER_MILLE, ENOUGH_OF_ACCOUNT, ENOUGH_OF_ROUTE);
    }

    /** How long nearly all completions are at most. */
    public Optional<Learned> longestLikelyCompletion(AccountId account, String model) {
        return learned(account, model, NEARLY_ALL_PER_MILLE, ENOUGH_OF_ACCOUNT_FOR_LIMIT, ENOUGH_OF_ROUTE_FOR_LIMIT);
    }

    private Optional<Learned> learned(
            AccountId account, String model, int perMille, int enoughOfAccount, int enoughOfRoute) {
        var own = knownLengthsOf(new Customer(account, model));
        if (own != null && own.whole() >= enoughOfAccount) {
            var tokens = own.quantile(perMille);
            if (tokens.isPresent()) {
                return Optional.of(new Learned(tokens.getAsLong(), LearnedFrom.ACCOUNT));
            }
        }
        var route = routes.get(model);
        if (route == null || route.lengths().whole() < enoughOfRoute) {
            return Optional.empty();
        }
        var tokens = route.lengths().quantile(perMille);
        return tokens.isPresent() ? Optional.of(new Learned(tokens.getAsLong(), LearnedFrom.ROUTE)) : Optional.empty();
    }

    /** What a prompt is held for, should the upstream have turned out to count more than the template says. */
    public long promptBound(String model, long bound) {
        var route = routes.get(model);
        if (route == null || route.promptsSeen() < ENOUGH_OF_ROUTE_FOR_LIMIT) {
            return bound;
        }
        var ratio = Math.clamp(route.nearlyHighestPromptRatio().orElse(MILLION), MILLION, MAX_PROMPT_RATIO);
        // A bucket's upper end lies up to a thirty-second above what was seen: that alone is no reason to hold more.
        return ratio <= MILLION + MILLION / 32 ? bound : Math.ceilDiv(bound * ratio, MILLION);
    }

    /** How right quotes were, per route. */
    public List<RouteAccuracy> accuracy() {
        return routes.entrySet().stream()
                .map(route -> route.getValue().accuracy(route.getKey()))
                .toList();
    }

    private void measure(String model, RouteExperience route) {
        gauge(model, route, "gogogoapi.quote.error.median", RouteAccuracy::medianError);
        gauge(model, route, "gogogoapi.quote.error.p95", RouteAccuracy::p95Error);
        gauge(model, route, "gogogoapi.quote.above.hold.share", RouteAccuracy::aboveHold);
        gauge(model, route, "gogogoapi.quote.hold.returned.share", RouteAccuracy::holdReturned);
    }

    private void gauge(String model, RouteExperience route, String name, Function<RouteAccuracy, BigDecimal> share) {
        Gauge.builder(name, () -> share.apply(route.accuracy(model)))
                .tag("model", model)
                .description("Of the route's last " + RouteExperience.WINDOW + " charged requests")
                .register(meters);
    }
}
