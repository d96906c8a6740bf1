package com.gogogoapi.ledger.account;

import java.time.Duration;

/**
 * The rules of holds that an installation chooses.
 *
 * @param lifetime how long a hold waits for its completion
 * @param maxOpenHolds how many holds one account can have open
 */
public record HoldPolicy(Duration lifetime, int maxOpenHolds) {

    public HoldPolicy {
        if (lifetime.isNegative() || lifetime.isZero() || maxOpenHolds < 1) {
            throw new IllegalArgumentException(
                    "A hold must live for some time, and an account must be able to have at least one.");
        }
    }
}
