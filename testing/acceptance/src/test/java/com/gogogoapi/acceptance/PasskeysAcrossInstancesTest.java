package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.embedded.FreePorts;
import com.gogogoapi.simulator.UpstreamSimulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What one account-service asks of a device, another one may be answered. */
@Tag("acceptance")
@Tag("long")
class PasskeysAcrossInstancesTest extends SeparateServices {

    @Test
    void aPasskeyIsAddedAndSignsInWhicheverInstanceIsAsked() throws Exception {
        Chromium.require();
        try (var simulator = UpstreamSimulator.start(0)) {
            startAll(simulator);
            var port = FreePorts.next();
            var site = "http://localhost:" + port;
            var settings = Map.of("GOGOGOAPI_ACCOUNT_SIGNIN_PUBLICURL", site);
            var one = startAccounts(FreePorts.next(), settings).ready();
            var other = startAccounts(FreePorts.next(), settings).ready();
            try (var instances =
                    RoundRobin.before(List.of(one.url(), other.url()), PasskeysAcrossInstancesTest::instanceOf)) {
                var proxy = startProxy(port, instances.url()).ready();
                var link = operator(
                                proxy,
                                "/accounts/" + newAccount(proxy) + "/sign-in-links",
                                Map.of("email", "owner@example.com"))
                        .path("link")
                        .asString();

                var found = Chromium.drivenBy("passkey-instances", site, Map.of("link", link), Duration.ofMinutes(10));

                assertThat(found.path("added").asString()).contains("A laptop", "Remove");
                assertThat(found.path("signedInAs").valueStream().map(JsonNode::asString))
                        .hasSize(3)
                        .doesNotHaveDuplicates()
                        .doesNotContain("");
                assertThat(found.path("faults").valueStream()).isEmpty();
                // Each had its part, and the other one's.
                assertThat(instances.answered())
                        .containsEntry("0 /internal/passkeys/options", 1)
                        .containsEntry("1 /internal/passkeys", 1)
                        .containsEntry("1 /internal/sign-in/passkey-sessions", 2);
                assertThat(instances.answered().get("0 /internal/sign-in/passkey-options"))
                        .isGreaterThanOrEqualTo(2);
            }
        }
    }

    /** What is asked of a device comes from the first, what the device answers goes to the second, all else to either. */
    private static int instanceOf(String path) {
        return path.endsWith("options") ? 0 : path.endsWith("/passkeys") || path.endsWith("/passkey-sessions") ? 1 : -1;
    }
}
