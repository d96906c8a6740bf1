package com.gogogoapi.account.passkeys;

import com.gogogoapi.account.signin.SignInProperties;
import com.gogogoapi.chassis.errors.ApiError;
import com.webauthn4j.data.client.Origin;
import java.net.URI;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** For which site passkeys are: the address where browsers come in. A passkey that was made for another one is none here. */
@Component
class RelyingParty {

    private final Optional<Site> site;

    RelyingParty(SignInProperties properties) {
        this.site = Optional.ofNullable(properties.publicUrl())
                .filter(url -> !url.isBlank())
                .map(RelyingParty::site);
    }

    /**
     * A site.
     *
     * @param id its host
     */
    record Site(String id, Origin origin) {}

    private static Site site(String publicUrl) {
        var url = URI.create(publicUrl.trim());
        if (url.getHost() == null || url.getScheme() == null) {
            throw new IllegalArgumentException(
                    "gogogoapi.account.sign-in.public-url must be an address such as https://example.com.");
        }
        var port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return new Site(url.getHost(), new Origin(url.getScheme() + "://" + url.getHost() + port));
    }

    /** @throws ApiError 422 where it is not said which site this is */
    Site site() {
        return site.orElseThrow(() -> ApiError.conflict(
                "passkeys_unavailable",
                null,
                "gogogoapi.account.sign-in.public-url must be set for passkeys: they are for one address."));
    }
}
