package com.gogogoapi.contracts.ledger.intake;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.messaging.Event;

/** Everything the ledger takes in. Every record is keyed by its account, so one partition is one ordered story. */
public sealed interface LedgerIntake extends Event permits CreditIntake, ParkedResumeRequested, InstallationIntake {

    AccountId accountId();
}
