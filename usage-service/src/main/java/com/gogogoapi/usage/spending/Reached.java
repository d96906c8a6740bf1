package com.gogogoapi.usage.spending;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.following.Followed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A level of a budget, and the event that reached it.
 *
 * @param heldUsd what was held besides, where a request was refused for it; null where none was
 */
record Reached(
        What what, Usd spentUsd, boolean warnOnly, @Nullable Usd heldUsd, Followed by) {

    /** What is told once: a budget that is changed is another one. */
    record What(Place place, Instant start, Usd limitUsd, BudgetLevel level) {}
}
