package com.gogogoapi.account.provider;

import java.net.URI;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The OpenID provider that people sign in with ({@code gogogoapi.account.openid-connect.*}): all of it, or none and there is no
 * such way in. Whoever it calls the owner of an e-mail address is that person here, so it must be one that makes sure of it.
 *
 * @param issuer its address, as its tokens have it
 * @param clientId as it knows this installation
 * @param clientSecret by which it makes sure of that
 */
@ConfigurationProperties("gogogoapi.account.openid-connect")
record ProviderProperties(
        @Nullable URI issuer,
        @Nullable String clientId,
        @Nullable String clientSecret) {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    ProviderProperties {
        var said = Stream.of(said(issuer == null ? null : issuer.toString()), said(clientId), said(clientSecret))
                .filter(is -> is)
                .count();
        if (said != 0 && said != 3) {
            throw new IllegalArgumentException("gogogoapi.account.openid-connect must have issuer, client-id and"
                    + " client-secret, or none of them.");
        }
        if (said != 0 && !isConfidential(issuer)) {
            throw new IllegalArgumentException("gogogoapi.account.openid-connect.issuer must begin with https://, or be"
                    + " on this machine: nobody on the way may say who signs in.");
        }
    }

    private static boolean isConfidential(@Nullable URI issuer) {
        return issuer != null
                && ("https".equals(issuer.getScheme())
                        || ("http".equals(issuer.getScheme())
                                && THIS_MACHINE.contains(String.valueOf(issuer.getHost()))));
    }

    private static boolean said(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    boolean isThere() {
        return said(clientId);
    }
}
