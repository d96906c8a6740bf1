package com.gogogoapi.contracts.ledger.intake;

import org.jspecify.annotations.Nullable;

/** In which order an account's grants are consumed: the smaller number first, then what expires sooner, then the older. */
public final class GrantPriority {

    public static final int MAX = 999;

    /** Of a grant that says nothing else. */
    public static final int USUAL = 100;

    private GrantPriority() {}

    /** @throws IllegalArgumentException if it is given and not from 0 to {@link #MAX} */
    public static void check(@Nullable Integer priority) {
        if (priority != null && (priority < 0 || priority > MAX)) {
            throw new IllegalArgumentException("The priority must be from 0 to " + MAX + ".");
        }
    }
}
