package com.gogogoapi.usage.spending;

import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.identity.AccountId;

/** What an account can have one budget for. */
record Place(AccountId account, BudgetScope scope, BudgetWindow window) {}
