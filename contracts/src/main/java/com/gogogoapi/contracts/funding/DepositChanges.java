package com.gogogoapi.contracts.funding;

import com.gogogoapi.contracts.identity.AccountId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What accounts are to be told of their deposits, of one deposit in order; at most {@link #MOST}. */
public record DepositChanges(List<DepositChange> changes) {

    public static final int MOST = 100;

    /** @throws IllegalArgumentException if there are too many */
    public DepositChanges {
        if (changes.size() > MOST) {
            throw new IllegalArgumentException("There must be at most " + MOST + " changes.");
        }
        changes = List.copyOf(changes);
    }

    /**
     * @param identity the same whenever the same is told, by which a repeat is known
     * @param type the alert's, such as {@code deposit.seen}
     * @param details what is told of the deposit, by name
     */
    public record DepositChange(
            String identity, String type, AccountId account, Instant at, Map<String, String> details) {

        public DepositChange {
            details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        }
    }
}
