package com.gogogoapi.contracts.ledger.intake;

/** What becomes of a quote whose most is more than the credit that is available. */
public enum OnInsufficientCredit {
    /** It is refused. */
    REFUSE,
    /** Its completion limit is lowered to what the credit affords; refused only if that is not a single token. */
    SHRINK
}
