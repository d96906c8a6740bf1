package com.gogogoapi.auditor.source;

import com.gogogoapi.evidence.state.CanonicalState;

/** An account's state as a snapshot of the ledger keeps it, right after the account's event number {@code sequence}. */
public record StoredState(long sequence, CanonicalState state) {}
