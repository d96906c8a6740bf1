package com.gogogoapi.usage.balance;

import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.money.Usd;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A balance as an event of the ledger states it.
 *
 * @param sequence the event's number in its shard; 0 before the first
 * @param at when it was decided; null before the first
 */
public record StatedBalance(long sequence, @Nullable Instant at, Balance balance) {

    /** Of an account that had no event yet. */
    public static final StatedBalance NONE = new StatedBalance(0, null, Balance.NONE);

    /** All of the account's credit, whether it is available or held. */
    public Usd credit() {
        return balance.availableUsd().plus(balance.heldUsd());
    }
}
