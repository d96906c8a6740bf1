package com.gogogoapi.proxy.services;

import com.gogogoapi.contracts.identity.ServiceTokens;
import com.gogogoapi.proxy.ProxyProperties;
import com.gogogoapi.proxy.ProxyProperties.UpstreamProperties;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** The installation's services as a test has them: one that is there, and nobody else. */
public final class ServicesForTests {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private ServicesForTests() {}

    public static InstallationServices withAccountServiceAt(URI url) {
        return with(url, NOWHERE);
    }

    public static InstallationServices withFundingServiceAt(URI url) {
        return with(NOWHERE, url);
    }

    private static InstallationServices with(URI account, URI funding) {
        var properties = new ProxyProperties(
                NOWHERE,
                account,
                NOWHERE,
                NOWHERE,
                NOWHERE,
                funding,
                "an operator token of 32 characters or more",
                "",
                1_000_000,
                Duration.ofSeconds(1),
                new UpstreamProperties(
                        NOWHERE,
                        "key",
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Map.of(),
                        1,
                        1_000));
        return new InstallationServices(new ServiceTokens(SECRET, Clock.systemUTC()), properties);
    }
}
