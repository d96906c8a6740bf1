package com.gogogoapi.contracts.ledger.order;

/** What a signing key is trusted with. */
public enum SigningRole {
    /** To say which keys are trusted, and which no longer are. */
    KEYS,
    /** To give and take credit by hand, to correct, to let parked accounts go on, and to accept a gap of the intake. */
    OPERATOR,
    /** To credit what was paid in. */
    FUNDING
}
