package com.gogogoapi.contracts.access;

/** What a key is for: one that is in a program on many machines should not be able to make others. */
public enum KeyPurpose {
    /** Calls models, and reads what the account may read. */
    INFERENCE,
    /** Makes, limits and revokes keys; calls no models. */
    MANAGEMENT
}
