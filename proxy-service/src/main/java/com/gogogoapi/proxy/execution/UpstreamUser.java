package com.gogogoapi.proxy.execution;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;

/** By what name the upstream knows an account: it isolates its cache by it, and is told nothing of who it is. */
public final class UpstreamUser {

    private UpstreamUser() {}

    public static String of(AccountId account) {
        return TimeOrderedIds.named("upstream-user", account.value()).toString();
    }
}
