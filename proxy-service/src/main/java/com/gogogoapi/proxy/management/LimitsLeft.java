package com.gogogoapi.proxy.management;

import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.proxy.keys.Caller;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How much of each budget that binds a key is taken, as the ledger counts it: told before anything is refused. */
@Component
class LimitsLeft {

    private final InstallationServices services;
    private final Clock clock;

    LimitsLeft(InstallationServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    /** Adds to what is told of a key {@code limits}, budgets of its own, of its member and of its account, and likewise its rates. */
    byte[] addTo(byte[] key, Caller caller) {
        var mapper = JsonMapper.shared();
        if (!(mapper.readTree(key) instanceof ObjectNode told)) {
            throw new IllegalStateException("A key must be told of as an object.");
        }
        var limits = told.putArray("limits");
        var rates = told.putArray("rate_limits");
        if (!caller.limits().areNone()) {
            var now = clock.instant();
            var spending = spending(caller);
            told.put("limits_sequence", spending.path("sequence").asLong());
            for (var budget : caller.policy().budgets()) {
                limits.add(limit(mapper.createObjectNode(), budget, spending, now));
            }
            for (var rate : caller.policy().rates()) {
                add(rates, rate.scope(), "requests", rate.requestsPerMinute(), spending);
                add(rates, rate.scope(), "tokens", rate.tokensPerMinute(), spending);
            }
        }
        return mapper.writeValueAsBytes(told);
    }

    private JsonNode spending(Caller caller) {
        var policy = caller.policy();
        var scopes = Stream.concat(
                        policy.budgets().stream().map(Budget::scope),
                        policy.rates().stream().map(RateLimit::scope))
                .distinct()
                .map(scope -> "scope=" + scope.kind() + ":" + scope.id())
                .collect(Collectors.joining("&"));
        var answer = services.get(
                Service.LEDGER, "/internal/accounts/" + caller.account() + "/spending?" + scopes, Map.of());
        return JsonMapper.shared().readTree(answer.body());
    }

    private static void add(ArrayNode to, BudgetScope scope, String measure, @Nullable Long limit, JsonNode spending) {
        if (limit != null) {
            var used = of(scope, spending).path("minute").path(measure).asLong();
            to.addObject()
                    .put("scope", scope.kind().name().toLowerCase(Locale.ROOT))
                    .put("measure", measure)
                    .put("limit", limit)
                    .put("used", used)
                    .put("left", Math.max(0, limit - used));
        }
    }

    private static ObjectNode limit(ObjectNode limit, Budget budget, JsonNode spending, Instant now) {
        var window = budget.window().name().toLowerCase(Locale.ROOT);
        var taken = of(budget.scope(), spending).path("windows").path(window);
        var spent = Usd.parse(taken.path("spent_usd").asString());
        var held = Usd.parse(taken.path("held_usd").asString());
        var left = budget.limitUsd().minus(spent).minus(held).max(Usd.ZERO);
        limit.put("scope", budget.scope().kind().name().toLowerCase(Locale.ROOT));
        limit.put("window", window);
        limit.put("limit_usd", budget.limitUsd().toString());
        limit.put("warn_only", budget.warnOnly());
        limit.put("spent_usd", spent.toString());
        limit.put("held_usd", held.toString());
        limit.put("left_usd", left.toString());
        budget.window().endOf(now).ifPresent(end -> {
            limit.put("resets_at", end.toString());
            var start = budget.window().startOf(now);
            runsOutAt(spent, left, Duration.between(start, now), now)
                    .filter(out -> out.isBefore(end))
                    .ifPresent(out -> limit.put("runs_out_at", out.toString()));
        });
        return limit;
    }

    /** When what is left is spent, if spending goes on as it has since the window began; to the minute. */
    private static Optional<Instant> runsOutAt(Usd spent, Usd left, Duration since, Instant now) {
        if (!spent.isPositive() || !left.isPositive()) {
            return Optional.empty();
        }
        var minutes = left.amount()
                .multiply(BigDecimal.valueOf(since.toSeconds()))
                .divide(spent.amount().multiply(BigDecimal.valueOf(60)), 0, RoundingMode.FLOOR);
        return minutes.precision() > 9
                ? Optional.empty()
                : Optional.of(now.plus(Duration.ofMinutes(minutes.longValue())));
    }

    private static JsonNode of(BudgetScope scope, JsonNode spending) {
        for (var one : spending.path("data")) {
            if (one.path("id").asString("").equals(scope.id().toString())
                    && one.path("kind").asString("").equals(scope.kind().name())) {
                return one;
            }
        }
        throw new IllegalStateException("The ledger must say what " + scope + " has spent.");
    }
}
