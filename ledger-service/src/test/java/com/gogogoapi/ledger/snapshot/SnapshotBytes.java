package com.gogogoapi.ledger.snapshot;

import com.gogogoapi.ledger.account.AccountState;

/** Snapshots in the form in which they are stored. */
public final class SnapshotBytes {

    private SnapshotBytes() {}

    public static byte[] write(AccountState state) {
        return SnapshotFormat.write(state);
    }

    public static AccountState read(byte[] stored) {
        return SnapshotFormat.read(stored);
    }
}
