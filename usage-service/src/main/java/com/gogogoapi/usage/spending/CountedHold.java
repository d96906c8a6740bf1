package com.gogogoapi.usage.spending;

import com.gogogoapi.contracts.budget.BudgetScope;
import java.time.Instant;
import java.util.List;

/**
 * Whose spending a hold's charge will be.
 *
 * @param at an instant within the windows in which it counts: that of its decision, or a later one of an earlier decision
 */
record CountedHold(Instant at, List<BudgetScope> scopes) {}
