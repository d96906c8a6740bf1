package com.gogogoapi.quote.learning;

import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.money.Usd;
import java.math.BigDecimal;
import java.util.OptionalLong;

/** What the last {@value #WINDOW} charged requests of a route turned out to be. About 60 kB. */
final class RouteExperience {

    static final int WINDOW = 4_096;

    private static final int NEARLY_ALL_PER_MILLE = 999;
    private static final int MEDIAN_PER_MILLE = 500;
    private static final int MOST_PER_MILLE = 950;
    private static final int A_MILLION = 1_000_000;

    private final RecentValues lengths = new RecentValues(WINDOW);
    private final RecentValues promptRatios = new RecentValues(WINDOW);
    private final RecentValues errors = new RecentValues(WINDOW);
    private final RecentSum aboveHold = new RecentSum(WINDOW);
    private final RecentSum returned = new RecentSum(WINDOW);

    void add(CreditReserved reserved, CreditSettled settled) {
        lengths.add(settled.usage().completionTokens(), wasCutOff(reserved, settled));
        if (!settled.usageEstimated() && reserved.promptTokens() > 0) {
            promptRatios.add(
                    PartsPerMillion.of(
                            BigDecimal.valueOf(settled.usage().promptTokens()),
                            BigDecimal.valueOf(reserved.promptTokens())),
                    false);
        }
        var cost = settled.chargedUsd().plus(settled.overrunUsd());
        aboveHold.add(reserved.heldUsd().isLessThan(cost) ? A_MILLION : 0);
        if (reserved.heldUsd().isPositive()) {
            var rest = reserved.heldUsd().minus(cost).max(Usd.ZERO);
            returned.add((int) PartsPerMillion.of(rest, reserved.heldUsd()));
        }
        var expected = reserved.expectedUsd();
        if (expected != null && cost.isPositive()) {
            errors.add(PartsPerMillion.of(expected.max(cost).minus(expected.min(cost)), cost), false);
        }
    }

    /** Whatever did not end by itself would have been longer. */
    static boolean wasCutOff(CreditReserved reserved, CreditSettled settled) {
        return switch (settled.outcome()) {
            case COMPLETED, USAGE_MISSING -> settled.usage().completionTokens() >= reserved.maxCompletionTokens();
            case CLIENT_LEFT, CLIENT_LEFT_AGAIN, UPSTREAM_FAILED_MIDWAY, TIMED_OUT_MIDWAY, INTERRUPTED_MIDWAY -> true;
            // Free, so never settled.
            case UPSTREAM_FAILED, TIMED_OUT, INTERRUPTED, NOTHING_SERVED, CLIENT_LEFT_EARLY, HOLD_EXPIRED -> true;
        };
    }

    RecentValues lengths() {
        return lengths;
    }

    /** By how much nearly all prompts stay below what was held for them, in parts per million; a million is just so. */
    OptionalLong nearlyHighestPromptRatio() {
        return promptRatios.quantile(NEARLY_ALL_PER_MILLE);
    }

    int promptsSeen() {
        return promptRatios.size();
    }

    RouteAccuracy accuracy(String model) {
        return new RouteAccuracy(
                model,
                lengths.size(),
                errors.size(),
                PartsPerMillion.asShare(errors.quantile(MEDIAN_PER_MILLE).orElse(0)),
                PartsPerMillion.asShare(errors.quantile(MOST_PER_MILLE).orElse(0)),
                PartsPerMillion.asShare(aboveHold.average()),
                PartsPerMillion.asShare(returned.average()));
    }
}
