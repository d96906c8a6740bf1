package com.gogogoapi.contracts.ledger;

/** Something of the installation itself, in the log of one shard, under {@link com.gogogoapi.contracts.identity.InstallationAccount}. */
public sealed interface InstallationEvent extends LedgerEvent
        permits IntakeAuthenticated, SigningKeyTrusted, SigningKeyRevoked, IntakeGapAccepted, IntakeReplaced {

    /** It never has credit. */
    @Override
    default Balance balance() {
        return Balance.NONE;
    }
}
