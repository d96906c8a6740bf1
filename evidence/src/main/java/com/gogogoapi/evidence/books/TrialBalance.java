package com.gogogoapi.evidence.books;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.money.Usd;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every line of the books adds up to; debits positive, credits negative, together zero.
 *
 * @param totals by {@link BookAccount#trialBalanceLine()}; a title that nothing was posted to has a line of zero too,
 *     revenue one for each route that earned any, and transfers one once there was any, as checkpoints from before do not state it
 */
public record TrialBalance(@JsonValue SortedMap<String, Usd> totals) {

    public static final TrialBalance EMPTY = new TrialBalance(untouched());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TrialBalance {
        totals = Collections.unmodifiableSortedMap(new TreeMap<>(totals));
    }

    private static SortedMap<String, Usd> untouched() {
        var totals = new TreeMap<String, Usd>();
        for (var title : Title.values()) {
            if (title != Title.REVENUE && title != Title.TRANSFERS) {
                totals.put(title.text(), Usd.ZERO);
            }
        }
        return totals;
    }

    public TrialBalance plus(TrialBalance other) {
        var sum = new TreeMap<>(totals);
        other.totals.forEach((line, amount) -> sum.merge(line, amount, Usd::plus));
        return new TrialBalance(sum);
    }

    /** Debits less credits: zero, or the books are wrong. */
    public Usd difference() {
        return totals.values().stream().reduce(Usd.ZERO, Usd::plus);
    }

    public boolean isBalanced() {
        return difference().isZero();
    }

    /** Adds event after event up. Belongs to one thread. */
    public static final class Sum {

        private final SortedMap<String, Usd> totals;

        public Sum(TrialBalance from) {
            totals = new TreeMap<>(from.totals);
        }

        public void add(LedgerEvent event) {
            add(Postings.of(event));
        }

        public void add(List<Posting> postings) {
            for (var posting : postings) {
                totals.merge(posting.account().trialBalanceLine(), posting.amountUsd(), Usd::plus);
            }
        }

        public TrialBalance soFar() {
            return new TrialBalance(totals);
        }
    }
}
