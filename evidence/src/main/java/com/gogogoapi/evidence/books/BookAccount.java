package com.gogogoapi.evidence.books;

import com.gogogoapi.contracts.identity.AccountId;

/**
 * One account of the books.
 *
 * @param part whose: the customer's account or the route; empty where a title has only one account
 */
public record BookAccount(Title title, String part) {

    static BookAccount of(Title title) {
        return new BookAccount(title, "");
    }

    static BookAccount of(Title title, AccountId customer) {
        return new BookAccount(title, customer.value());
    }

    static BookAccount revenueOf(String route) {
        return new BookAccount(Title.REVENUE, route);
    }

    /** The line of the trial balance that this account is summed up in: customers together, routes apart. */
    public String trialBalanceLine() {
        return title.isOfCustomers() || part.isEmpty() ? title.text() : title.text() + ":" + part;
    }

    /**
     * Its name in a journal. Accounts that all shards post to are split by shard, since there is an order of events
     * within a shard and none between shards, and a balance assertion needs one.
     */
    public String journalName(int shard) {
        return title.isOfCustomers()
                ? title.text() + ":" + part
                : trialBalanceLine() + ":shard-" + (shard < 10 ? "0" : "") + shard;
    }
}
