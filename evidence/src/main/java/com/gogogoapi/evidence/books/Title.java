package com.gogogoapi.evidence.books;

/** The titles of the books. In a journal each is an account, or the parent of one account for each customer or route. */
public enum Title {
    /** Customers' payments on their way to us: what stablecoin deposits brought. */
    DEPOSITS_CLEARING("assets:deposits-clearing"),
    /** What we owe a customer and the customer is free to spend. */
    CREDIT_AVAILABLE("liabilities:credit-available"),
    /** What we owe a customer and a request in flight holds. */
    CREDIT_HELD("liabilities:credit-held"),
    /** Credit on its way from one account to another; zero where every transfer has arrived. */
    TRANSFERS("liabilities:transfers"),
    /** Credit given away by operators. */
    PROMOTIONAL_GRANTS("expenses:promotional-grants"),
    /** Credit given, or taken back, to make good what an earlier event got wrong. */
    CORRECTIONS("expenses:corrections"),
    /** What requests cost their customers, by route, before write-offs. */
    REVENUE("income:revenue"),
    /** What the upstream bills us. No event states it yet, so it stays zero. */
    UPSTREAM_COST("expenses:upstream-cost"),
    /** Overruns: what a request cost beyond the customer's credit. */
    WRITE_OFFS("expenses:write-offs"),
    /** Granted credit that ended unused. */
    EXPIRED_GRANTS("income:expired-grants");

    private final String text;

    Title(String text) {
        this.text = text;
    }

    /** Its name in journals and trial balances. */
    public String text() {
        return text;
    }

    /** Whether its accounts belong to one customer each. */
    public boolean isOfCustomers() {
        return this == CREDIT_AVAILABLE || this == CREDIT_HELD;
    }
}
