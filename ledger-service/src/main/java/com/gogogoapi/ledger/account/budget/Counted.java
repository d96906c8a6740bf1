package com.gogogoapi.ledger.account.budget;

import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.RateLimit;
import java.time.Instant;
import java.util.List;

/**
 * Where a hold is counted, so that its end is counted there too.
 *
 * @param scopes whose spending it is
 * @param windows it was decided in
 * @param rates that count its tokens
 * @param at when it was decided
 * @param tokens that it is for at most
 */
public record Counted(List<BudgetScope> scopes, WindowStarts windows, List<RateLimit> rates, Instant at, long tokens) {}
