package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.embedded.FreePorts;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Signing in with a real OpenID provider (npm oidc-provider) in a real Chromium. */
@Tag("acceptance")
class OpenIdConnectTest {

    private static final Path SCRIPTS = Path.of("target", "browser").toAbsolutePath();
    private static final Duration START = Duration.ofMinutes(2);
    private static final String KNOWN = "known-" + UUID.randomUUID() + "@example.com";
    private static final String NEWCOMER = "newcomer-" + UUID.randomUUID() + "@example.com";

    private static RunningSystem system;
    private static Customer customer;
    private static Process provider;
    private static JsonNode found;

    @BeforeAll
    static void browse() throws Exception {
        Chromium.require();
        var port = FreePorts.next();
        system = RunningSystem.startWith(
                "gogogoapi.account.openid-connect.issuer=http://127.0.0.1:" + port,
                "gogogoapi.account.openid-connect.client-id=gogogoapi",
                "gogogoapi.account.openid-connect.client-secret=a-secret-of-a-test",
                // One newcomer is let in, the next is told that he is none of us.
                "gogogoapi.account.sign-up.accounts-per-day=1");
        startProvider(port);
        customer = system.customer("1.00");
        SignedInBrowser.link(system, customer.account(), KNOWN);
        found = Chromium.drivenBy(
                "openid",
                system,
                Map.of(
                        "known",
                        KNOWN,
                        "newcomer",
                        NEWCOMER,
                        "late",
                        "late-" + UUID.randomUUID() + "@example.com",
                        "unverified",
                        "unverified-" + UUID.randomUUID() + "@example.com"),
                Duration.ofMinutes(10));
    }

    private static void startProvider(int port) throws Exception {
        var output = SCRIPTS.resolve("openid-provider.txt");
        provider = new ProcessBuilder(
                        "node", "openid-provider.mjs", Integer.toString(port), system.url("/sign-in/provider/callback"))
                .directory(SCRIPTS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        await().atMost(START)
                .failFast(() -> assertThat(provider.isAlive())
                        .as(Files.readString(output))
                        .isTrue())
                .until(() -> Files.readString(output).contains("http://127.0.0.1:" + port));
    }

    @AfterAll
    static void stop() {
        if (provider != null) {
            provider.destroyForcibly();
        }
        if (system != null) {
            system.close();
        }
    }

    private static void assertSignedIn(String who) {
        assertThat(found.path(who).path("url").asString()).as(who).isEqualTo(system.url("/dashboard"));
        assertThat(found.path(who).path("signedIn").asBoolean()).as(who).isTrue();
    }

    private static void assertNot(String who, String heading) {
        assertThat(found.path(who).path("heading").asString()).as(who).isEqualTo(heading);
        assertThat(found.path(who).path("signedIn").asBoolean()).as(who).isFalse();
    }

    private static String trail(String account) {
        return system.operator("GET", "/audit-trail?account=" + account, Map.of())
                .toString();
    }

    @Test
    void aMemberOfThatVerifiedAddressIsSignedIn() {
        assertSignedIn("known");
        assertThat(found.path("known").path("states").asInt())
                .as("the attempt is over")
                .isZero();
        assertThat(trail(customer.account())).contains("by the provider as " + KNOWN);
        assertThat(system.operator("GET", "/accounts/" + customer.account() + "/members", Map.of())
                        .path("data")
                        .get(0)
                        .path("email_verified")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aNewcomerGetsAnAccountAsLongAsThereIsRoom() {
        assertSignedIn("newcomer");
        assertNot("late", "You are no member yet");
        assertThat(system.operator("GET", "/accounts", Map.of()).toString())
                .contains("\"" + NEWCOMER.substring(0, NEWCOMER.indexOf('@')) + "\"")
                .doesNotContain("\"late-");
    }

    @Test
    void anAddressThatIsNotVerifiedIsNobodys() {
        assertNot("unverified", "That did not work");
    }

    @Test
    void whoComesBackIsWhoWentAndOnce() {
        for (var who : new String[] {"cancelled", "anotherBrowser", "anotherCode", "again"}) {
            assertNot(who, "That did not work");
        }
        assertThat(found.path("first").path("signedIn").asBoolean()).isTrue();
        assertThat(found.path("first").path("status").asInt()).isEqualTo(303);
    }

    @Test
    void whatComesFromNowhereIsRefused() {
        var answer = SignedInBrowser.send(
                HttpRequest.newBuilder(URI.create(system.url("/sign-in/provider/callback?state=x&code=x")))
                        .header("Cookie", "__Host-gogogoapi-state=y")
                        .GET());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().allValues("Set-Cookie"))
                .noneMatch(cookie -> cookie.startsWith("__Host-gogogoapi="));
        var page = SignedInBrowser.send(
                HttpRequest.newBuilder(URI.create(system.url("/sign-in"))).GET());
        assertThat(page.body()).contains("/sign-in/provider");
        var without = SignedInBrowser.send(
                HttpRequest.newBuilder(URI.create(RunningSystem.shared().url("/sign-in")))
                        .GET());
        assertThat(without.body()).doesNotContain("/sign-in/provider");
    }
}
