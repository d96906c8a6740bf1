package com.gogogoapi.ledger.account.budget;

import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.money.Usd;
import org.jspecify.annotations.Nullable;

/** What an account's limits are measured by. Events of before there were limits leave it as it is. */
public record Limited(Budgets budgets, Rates rates) {

    public static final Limited NONE = new Limited(Budgets.NONE, Rates.NONE);

    /** Where a hold is to be counted; null for one that counts nowhere. */
    public @Nullable Counted counting(CreditReserved reserved) {
        var scopes = reserved.scopes();
        return scopes.isEmpty()
                ? null
                : new Counted(
                        scopes,
                        budgets.now().at(reserved.decidedAt()),
                        reserved.limitsOrNone().rates(),
                        reserved.decidedAt(),
                        reserved.promptTokens() + reserved.maxCompletionTokens());
    }

    /** After a hold. @param counted null for one that counts nowhere */
    public Limited held(@Nullable Counted counted, Usd hold) {
        return counted == null
                ? this
                : new Limited(
                        budgets.held(counted.windows(), counted.scopes(), hold),
                        rates.held(counted.at(), counted.rates(), counted.tokens()));
    }

    /** After a hold ended. @param counted null for one that counts nowhere */
    public Limited ended(@Nullable Counted counted, Usd hold, Usd charge, long usedTokens) {
        return counted == null
                ? this
                : new Limited(
                        budgets.ended(counted.windows(), counted.scopes(), hold, charge),
                        rates.ended(counted.at(), counted.rates(), counted.tokens(), usedTokens));
    }

    /** After a charge whose hold had ended before. */
    public Limited late(CreditSettled settled) {
        return settled.scopes() == null
                ? this
                : new Limited(budgets.charged(settled.decidedAt(), settled.scopes(), settled.chargedUsd()), rates);
    }
}
