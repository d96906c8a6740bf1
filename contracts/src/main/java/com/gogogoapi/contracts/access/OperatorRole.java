package com.gogogoapi.contracts.access;

/** What an operator is trusted with. */
public enum OperatorRole {
    /** Accounts, their keys and their members. */
    SUPPORT,
    /** Prices, costs and names of routes. */
    PRICES,
    /** Whatever gives, takes or skips money. */
    TREASURY,
    /** To read all of it and change nothing. */
    AUDITOR
}
