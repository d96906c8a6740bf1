package com.gogogoapi.ledger.history;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.ledger.account.AccountState;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What scopes of an account have spent and hold, as the next hold will be measured. */
@RestController
@RequestMapping("/internal/accounts/{account}/spending")
class SpendingController {

    private static final int MAX_SCOPES = 3;

    private final AccountHistory history;
    private final Clock clock;

    SpendingController(AccountHistory history, Clock clock) {
        this.history = history;
        this.clock = clock;
    }

    /** @param scope each {@code KEY}, {@code MEMBER} or {@code ACCOUNT}, a colon and its id */
    @GetMapping
    Map<String, Object> spending(@PathVariable AccountId account, @RequestParam List<String> scope)
            throws SQLException {
        if (scope.size() > MAX_SCOPES) {
            throw ApiError.invalidRequest("scope", "There must be at most " + MAX_SCOPES + " scopes.");
        }
        var sequence = history.lastSequence(account).orElse(-1L);
        var state = history.ledgerStateAfter(account, sequence);
        var now = clock.instant();
        var data = scope.stream()
                .map(SpendingController::scopeOf)
                .map(one -> Map.of(
                        "kind",
                        one.kind(),
                        "id",
                        one.id(),
                        "windows",
                        windows(state.state(), one, now),
                        "minute",
                        minute(state.state(), one, now)))
                .toList();
        return Map.of("object", "spending", "sequence", state.sequence(), "data", data);
    }

    private static BudgetScope scopeOf(String text) {
        var colon = text.indexOf(':');
        try {
            return new BudgetScope(
                    BudgetScope.Kind.valueOf(text.substring(0, Math.max(0, colon))),
                    UUID.fromString(text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest("scope", "A scope must be KEY, MEMBER or ACCOUNT, a colon and a UUID.")
                    .becauseOf(e);
        }
    }

    private static Map<String, Object> minute(AccountState state, BudgetScope scope, Instant now) {
        var rates = state.limited().rates();
        return Map.of("requests", rates.requests(scope, now), "tokens", rates.tokens(scope, now));
    }

    private static Map<String, Object> windows(AccountState state, BudgetScope scope, Instant now) {
        var windows = new LinkedHashMap<String, Object>();
        for (var window : BudgetWindow.values()) {
            var taken = state.limited().budgets().taken(scope, window, now);
            windows.put(
                    window.name().toLowerCase(Locale.ROOT),
                    Map.of("spent_usd", taken.spentUsd(), "held_usd", taken.heldUsd(), "starts_at", taken.start()));
        }
        return windows;
    }
}
