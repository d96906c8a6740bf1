package com.gogogoapi.contracts.ledger;

import com.gogogoapi.contracts.budget.RateLimit;
import java.time.Instant;

/**
 * How far a rate was used right after a decision, as the ledger counts it. It goes beside the decision to whoever asked, and
 * is kept nowhere.
 *
 * @param requests that count at that time
 * @param tokens that count at that time; fewer when holds end that were for more than was used
 * @param at the broker's time of the record that was decided
 * @param moreAt when the first of them no longer count; {@code at} if none do
 * @param clearAt when none of them count any more; {@code at} if none do
 * @param requestFitsAt when one more request fits, nothing else coming; {@code at} if it does by now. No request before then
 *     is held under a limit that is no higher, whatever happens
 */
public record RateStanding(
        RateLimit rate,
        long requests,
        long tokens,
        Instant at,
        Instant moreAt,
        Instant clearAt,
        Instant requestFitsAt) {}
