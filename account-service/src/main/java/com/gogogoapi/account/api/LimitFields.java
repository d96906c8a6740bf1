package com.gogogoapi.account.api;

import com.gogogoapi.account.keys.Limits;
import com.gogogoapi.account.keys.Limits.Ceiling;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.budget.InFlightLimit;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.money.Usd;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Budgets and rates in bodies and answers. */
public final class LimitFields {

    public static final String BUDGETS = "budgets";
    public static final String RATES = "rates";

    private static final String IN_FLIGHT = "requests_in_flight";

    private static final Usd MAX_LIMIT = Usd.usd("1000000000");
    private static final int MAX_AMOUNT_CHARS = 64;
    private static final String WINDOWS = Arrays.stream(BudgetWindow.values())
            .map(window -> window.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));

    private LimitFields() {}

    /** What the body says of them; what it does not say there is none of. */
    public static Limits read(BodyFields body) {
        return rates(body, new Limits(budgets(body), null, null, null));
    }

    /** What the body says of them; where it says nothing, as it was. */
    static Limits changed(BodyFields body, Limits before) {
        var limits = body.has(BUDGETS)
                ? new Limits(
                        budgets(body), before.requestsPerMinute(), before.tokensPerMinute(), before.requestsInFlight())
                : before;
        return body.has(RATES) ? rates(body, limits) : limits;
    }

    private static List<Ceiling> budgets(BodyFields body) {
        var budgets = body.list(BUDGETS, BudgetWindow.values().length).stream()
                .map(LimitFields::ceiling)
                .toList();
        if (budgets.stream().map(Ceiling::window).distinct().count() < budgets.size()) {
            throw ApiError.invalidRequest(BUDGETS, "budgets must have at most one for each window.");
        }
        return budgets;
    }

    private static Ceiling ceiling(JsonNode node) {
        var budget = BodyFields.of(node, BUDGETS, "window", "limit_usd", "warn_only");
        var name = budget.text("window", MAX_AMOUNT_CHARS);
        var window = Arrays.stream(BudgetWindow.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() ->
                        ApiError.invalidRequest("budgets.window", "budgets.window must be one of: " + WINDOWS + "."));
        var warnOnly = budget.optionalTruth("warn_only");
        return new Ceiling(window, amount(budget.text("limit_usd", MAX_AMOUNT_CHARS)), warnOnly != null && warnOnly);
    }

    private static Usd amount(String text) {
        try {
            var amount = Usd.parse(text);
            if (amount.isPositive() && amount.compareTo(MAX_LIMIT) <= 0) {
                return amount;
            }
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest(
                    "budgets.limit_usd", "budgets.limit_usd must be a decimal string such as \"5.00\".");
        }
        throw ApiError.invalidRequest(
                "budgets.limit_usd", "budgets.limit_usd must be above 0 and at most " + MAX_LIMIT + ".");
    }

    private static Limits rates(BodyFields body, Limits limits) {
        if (!body.says(RATES)) {
            return new Limits(limits.budgets(), null, null, null);
        }
        var rates = BodyFields.of(body.node(RATES), RATES, "requests_per_minute", "tokens_per_minute", IN_FLIGHT);
        var inFlight = rates.optionalNumber(IN_FLIGHT, 1, InFlightLimit.MAX_REQUESTS);
        return new Limits(
                limits.budgets(),
                rates.optionalNumber("requests_per_minute", 1, RateLimit.MAX_PER_MINUTE),
                rates.optionalNumber("tokens_per_minute", 1, RateLimit.MAX_PER_MINUTE),
                inFlight == null ? null : Math.toIntExact(inFlight));
    }

    public static Map<String, Object> written(Limits limits) {
        var written = new LinkedHashMap<String, Object>();
        written.put(BUDGETS, limits.budgets().stream().map(LimitFields::written).toList());
        var rates = new LinkedHashMap<String, Object>();
        if (limits.requestsPerMinute() != null) {
            rates.put("requests_per_minute", limits.requestsPerMinute());
        }
        if (limits.tokensPerMinute() != null) {
            rates.put("tokens_per_minute", limits.tokensPerMinute());
        }
        if (limits.requestsInFlight() != null) {
            rates.put(IN_FLIGHT, limits.requestsInFlight());
        }
        written.put(RATES, rates);
        return written;
    }

    private static Map<String, Object> written(Ceiling budget) {
        var written = new LinkedHashMap<String, Object>();
        written.put("window", budget.window().name().toLowerCase(Locale.ROOT));
        written.put("limit_usd", budget.limitUsd().toString());
        written.put("warn_only", budget.warnOnly());
        return written;
    }
}
