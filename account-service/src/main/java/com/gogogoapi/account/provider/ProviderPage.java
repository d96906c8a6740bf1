package com.gogogoapi.account.provider;

import com.gogogoapi.account.site.PageChoice;
import org.springframework.stereotype.Component;

/** Where there is a provider, the sign-in page has a way to it. */
@Component
class ProviderPage implements PageChoice {

    private final OpenIdProvider provider;

    ProviderPage(OpenIdProvider provider) {
        this.provider = provider;
    }

    @Override
    public String chosen(String page) {
        return page.equals("sign-in") && provider.isThere() ? "sign-in-with-provider" : page;
    }
}
