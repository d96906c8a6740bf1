package com.gogogoapi.usage.alerts;

import com.gogogoapi.contracts.identity.AccountId;
import java.util.Optional;

/** What who sets an address is told of mail. */
public interface Mailing {

    /** Whether this installation has a server to send by. */
    boolean isPossible();

    /**
     * Sends a code to the address that it is to confirm.
     *
     * @throws com.gogogoapi.chassis.errors.ApiError 503 if the server does not take it
     */
    void sendCode(String email, AccountId account, String code);

    /** Why the account's last mail was not sent; empty if it was, or waits for its first attempt. */
    Optional<String> lastError(AccountId account);
}
