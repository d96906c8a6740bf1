package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.Decision;

/**
 * What came of a {@link Decide}.
 *
 * @param state the account's state after it
 * @param seq the number of the account's last event; -1 for an account without events
 */
public record CommandResult(Decision decision, AccountState state, long seq) {}
