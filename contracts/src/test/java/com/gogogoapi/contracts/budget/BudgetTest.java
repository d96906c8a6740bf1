package com.gogogoapi.contracts.budget;

import static com.gogogoapi.contracts.money.Usd.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.messaging.EventJson;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final BudgetScope KEY = BudgetScope.ofKey(new UUID(7, 1));

    @Test
    void aLimitIsMoreThanNothing() {
        assertThatThrownBy(() -> new Budget(KEY, BudgetWindow.DAY, usd("0"), false))
                .hasMessage("A budget's limit must be more than zero.");
        assertThatThrownBy(() -> new Budget(KEY, BudgetWindow.DAY, usd("-1"), true))
                .hasMessage("A budget's limit must be more than zero.");
    }

    @Test
    void aRateLimitsSomethingWithinReason() {
        assertThatThrownBy(() -> new RateLimit(KEY, null, null)).hasMessage("A rate must limit requests or tokens.");
        for (var wrong : List.of(0L, -1L, RateLimit.MAX_PER_MINUTE + 1)) {
            assertThatThrownBy(() -> new RateLimit(KEY, wrong, null))
                    .hasMessage("A rate must be from 1 to 1000000000000 a minute.");
            assertThatThrownBy(() -> new RateLimit(KEY, 1L, wrong))
                    .hasMessage("A rate must be from 1 to 1000000000000 a minute.");
        }
    }

    @Test
    void aRequestHasOneBudgetAScopeAndWindow() {
        var all = Stream.of(KEY, BudgetScope.ofMember(new UUID(1, 2)), BudgetScope.ofAccount(new AccountId("acct_1")))
                .flatMap(scope ->
                        Stream.of(BudgetWindow.values()).map(window -> new Budget(scope, window, usd("1"), false)))
                .toList();
        assertThat(Budget.checked(all)).hasSize(Budget.MAX_A_REQUEST).isEqualTo(all);

        var day = new Budget(KEY, BudgetWindow.DAY, usd("1"), false);
        assertThatThrownBy(() -> Budget.checked(List.of(day, new Budget(KEY, BudgetWindow.DAY, usd("2"), true))))
                .hasMessage("There must be at most one budget a scope and window.");
        var tooMany = IntStream.range(0, 13)
                .mapToObj(n -> new Budget(BudgetScope.ofKey(new UUID(7, n)), BudgetWindow.DAY, usd("1"), false))
                .toList();
        assertThatThrownBy(() -> Budget.checked(tooMany)).hasMessage("There must be at most 12 budgets.");
    }

    @Test
    void aRequestHasOneRateAScope() {
        var rate = new RateLimit(KEY, 10L, null);
        assertThat(RateLimit.checked(List.of(rate))).containsExactly(rate);
        assertThatThrownBy(() -> RateLimit.checked(List.of(rate, new RateLimit(KEY, null, 5L))))
                .hasMessage("There must be at most one rate a scope.");
        var tooMany = IntStream.range(0, 4)
                .mapToObj(n -> new RateLimit(BudgetScope.ofKey(new UUID(7, n)), 1L, 1L))
                .toList();
        assertThatThrownBy(() -> RateLimit.checked(tooMany)).hasMessage("There must be at most 3 rates.");
    }

    @Test
    void scopesOfDifferentThingsDiffer() {
        assertThat(BudgetScope.ofKey(new UUID(7, 3)).id())
                .isNotEqualTo(BudgetScope.ofAccount(new AccountId("acct_1")).id());
        assertThat(BudgetScope.ofKey(new UUID(7, 1))).isEqualTo(KEY).isNotEqualTo(BudgetScope.ofKey(new UUID(7, 2)));
    }

    @Test
    void comesBackFromJsonAsItWent() {
        var json = EventJson.mapper();
        var budget = new Budget(KEY, BudgetWindow.WEEK, usd("12.5"), true);
        assertThat(json.readValue(json.writeValueAsBytes(budget), Budget.class)).isEqualTo(budget);
        var rate = new RateLimit(KEY, null, 100_000L);
        assertThat(json.writeValueAsString(rate)).doesNotContain("requestsPerMinute");
        assertThat(json.readValue(json.writeValueAsBytes(rate), RateLimit.class))
                .isEqualTo(rate);
    }
}
