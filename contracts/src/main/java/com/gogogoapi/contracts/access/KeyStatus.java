package com.gogogoapi.contracts.access;

/** What became of a key. That it has expired is no status: its expiry says so. */
public enum KeyStatus {
    ACTIVE,
    /** Refused until it is enabled again. */
    DISABLED,
    /** Refused for ever. */
    REVOKED
}
