package com.gogogoapi.funding.api;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import jakarta.servlet.http.HttpServletRequest;

/** For which account another service asks. */
final class Accounts {

    private Accounts() {}

    /** @throws ApiError 400 if it does not say so */
    static AccountId of(HttpServletRequest request) {
        var account = request.getHeader(ServiceHeaders.ACCOUNT);
        if (account == null || !AccountId.isValid(account)) {
            throw ApiError.invalidRequest(null, "There must be a header " + ServiceHeaders.ACCOUNT + ".");
        }
        return new AccountId(account);
    }
}
