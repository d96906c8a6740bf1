package com.gogogoapi.contracts.ledger.intake;

import java.util.UUID;

/** What is asked of a shard about the installation itself, under {@link com.gogogoapi.contracts.identity.InstallationAccount}. */
public sealed interface InstallationIntake extends LedgerIntake
        permits IntakeAuthenticationRequested,
                SigningKeyTrustRequested,
                SigningKeyRevocationRequested,
                IntakeReplacementRequested {

    /** The same twice changes nothing the second time. */
    UUID requestId();
}
