package com.gogogoapi.account.keys;

import com.gogogoapi.contracts.access.MemberRole;
import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.InFlightLimit;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.identity.AccountId;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose a key is, and what therefore binds it beside its own settings.
 *
 * @param role what the member whose key it is is in the account; null where it is the account's own
 * @param memberLimits that member's, over all of his keys
 * @param accountLimits the account's, over all of its keys
 */
public record Holder(@Nullable MemberRole role, Limits memberLimits, Limits accountLimits) {

    Stream<Budget> budgets(AccountId account, @Nullable UUID member) {
        return ofBoth(account, member, Limits::budgets);
    }

    Stream<RateLimit> rates(AccountId account, @Nullable UUID member) {
        return ofBoth(account, member, Limits::rates);
    }

    Stream<InFlightLimit> inFlight(AccountId account, @Nullable UUID member) {
        return ofBoth(account, member, Limits::inFlight);
    }

    private <T> Stream<T> ofBoth(
            AccountId account, @Nullable UUID member, BiFunction<Limits, BudgetScope, Stream<T>> bounds) {
        return Stream.concat(
                member == null ? Stream.empty() : bounds.apply(memberLimits, BudgetScope.ofMember(member)),
                bounds.apply(accountLimits, BudgetScope.ofAccount(account)));
    }
}
