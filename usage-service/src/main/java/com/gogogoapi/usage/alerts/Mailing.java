package com.gogogoapi.usage.alerts;

import com.gogogoapi.contracts.identity.AccountId;
import java.util.Optional;

/** What who sets an address is told of mail. */
public interface Mailing {

    /** Whether this installation has a server to send by. */
    boolean isPossible();

    /** Why the account's last mail was not sent; empty if it was, or waits for its first attempt. */
    Optional<String> lastError(AccountId account);
}
