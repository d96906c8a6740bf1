package com.gogogoapi.account.signin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Accounts that people open themselves ({@code gogogoapi.account.sign-up.*}).
 *
 * @param allowed whether whoever asks for a link gets one, and by it a personal account, if he is a member of nothing
 * @param accountsPerDay how many are opened so within 24 hours; who comes later is mailed nothing
 */
@ConfigurationProperties("gogogoapi.account.sign-up")
record SignUpProperties(
        @DefaultValue("false") boolean allowed,
        @DefaultValue("500") int accountsPerDay) {

    SignUpProperties {
        if (accountsPerDay < 1) {
            throw new IllegalArgumentException("gogogoapi.account.sign-up.accounts-per-day must be 1 at least.");
        }
    }
}
