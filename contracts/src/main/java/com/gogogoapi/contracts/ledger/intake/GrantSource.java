package com.gogogoapi.contracts.ledger.intake;

/** Where granted credit comes from. */
public enum GrantSource {
    OPERATOR_GRANT,
    STABLECOIN_DEPOSIT,
    CORRECTION
}
