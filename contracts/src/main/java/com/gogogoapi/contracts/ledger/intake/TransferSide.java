package com.gogogoapi.contracts.ledger.intake;

/** Which end of a transfer. */
public enum TransferSide {
    /** The account that gives. */
    OUT,
    /** The account that gets. */
    IN;

    public TransferSide other() {
        return this == OUT ? IN : OUT;
    }
}
