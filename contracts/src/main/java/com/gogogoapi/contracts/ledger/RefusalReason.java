package com.gogogoapi.contracts.ledger;

/** Why a hold, a grant, a revocation or a transfer was refused. */
public enum RefusalReason {
    /** Less credit is available than the request can cost, or than was to be taken back or transferred. */
    INSUFFICIENT_CREDIT,
    /** The quote reached the ledger after its validity. */
    QUOTE_EXPIRED,
    /** The account has as many open holds as one account may have. */
    TOO_MANY_OPEN_HOLDS,
    /** The account has as many grants that are still to expire as one account may have. */
    TOO_MANY_EXPIRING_GRANTS,
    /** What is available, as far as it never expires, is less than was to be transferred. */
    NOT_TRANSFERABLE,
    /** With it a budget would be exceeded. */
    BUDGET_EXCEEDED,
    /** It has a budget of a key or member whose spending the account does not count, and as many are counted as can be. */
    TOO_MANY_SCOPES
}
