package com.gogogoapi.proxy.accounts;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Which accounts there are, as the account-service knows: asked for operators, never for a customer's request. */
@Component
public class Accounts {

    private final InstallationServices services;

    Accounts(InstallationServices services) {
        this.services = services;
    }

    /**
     * The account that a caller names.
     *
     * @throws ApiError 404 if the text cannot be an account's id
     * @throws com.gogogoapi.proxy.services.ServiceRefusal 404 if there is none
     */
    public AccountId existing(String account) {
        var path = AccountRequests.pathOf(account);
        services.get(Service.ACCOUNT, path, Map.of());
        return new AccountId(account);
    }
}
