package com.gogogoapi.contracts.ledger.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * On what terms credit is given: when its turn to be consumed comes, and when what is left of it ends.
 *
 * @param priority as {@link GrantPriority}; null is the usual one
 * @param expiresAt null if it never expires
 */
public record GrantTerms(
        @Nullable Integer priority, @Nullable Instant expiresAt) {

    /** Of the usual priority, and for ever. */
    public static final GrantTerms USUAL = new GrantTerms(null, null);

    public static GrantTerms ofPriority(int priority) {
        return new GrantTerms(priority, null);
    }

    public static GrantTerms until(Instant expiresAt) {
        return new GrantTerms(null, expiresAt);
    }
}
