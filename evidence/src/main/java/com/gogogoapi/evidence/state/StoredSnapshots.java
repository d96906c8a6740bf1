package com.gogogoapi.evidence.state;

/** The form in which the ledger stores states beside its log, for whoever holds them against the log. */
public final class StoredSnapshots {

    /** The number of today's form; states of another are passed over by everybody. */
    public static final int FORMAT = 4;

    private StoredSnapshots() {}
}
