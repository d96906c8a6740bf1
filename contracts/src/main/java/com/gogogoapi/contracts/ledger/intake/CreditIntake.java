package com.gogogoapi.contracts.ledger.intake;

import java.util.UUID;

/** Whatever can change a balance: what an account decides. */
public sealed interface CreditIntake extends LedgerIntake
        permits QuoteRequested,
                UpstreamCompleted,
                GrantRequested,
                CreditRevocationRequested,
                CreditTransferRequested,
                HoldExpiryDue,
                GrantExpiryDue {

    /** The request whose hold, completion or grant this is; a repeat with the same id never changes the first answer. */
    UUID requestId();
}
