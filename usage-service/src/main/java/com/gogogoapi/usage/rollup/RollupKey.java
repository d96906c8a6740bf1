package com.gogogoapi.usage.rollup;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import java.util.UUID;

/**
 * What a row sums up.
 *
 * @param tagged whether it is one of those that count a request under each of its tags
 * @param tag empty where {@code tagged} is false, and for requests without tags
 */
record RollupKey(
        AccountId account,
        boolean tagged,
        Grain grain,
        long bucket,
        String tag,
        UUID key,
        UUID member,
        String model,
        Outcome rule) {}
