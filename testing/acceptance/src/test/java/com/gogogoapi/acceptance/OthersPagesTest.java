package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of others cannot make a browser do with how its person signs in, and where signing in never leads. */
@Tag("acceptance")
class OthersPagesTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final SignedInBrowser OWNER = SignedInBrowser.owner(SYSTEM.customer("1.00"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POST   | /passkeys/options              | {}
                    POST   | /passkeys                      | {"name":"x","credential":{}}
                    DELETE | /passkeys/passkey_0            | ''
                    POST   | /session/confirmation/options  | {}
                    POST   | /session/confirmation/code     | {}
                    POST   | /session/confirmation          | {"code":"00000-00000"}
                    """)
    void nothingIsChangedWithoutTheSessionsTokenOrByAnotherSite(String method, String path, String body) {
        for (var but : List.of(
                Map.of("X-CSRF-Token", ""),
                Map.of("X-CSRF-Token", "A".repeat(43)),
                Map.of("Sec-Fetch-Site", "cross-site"),
                Map.of("Sec-Fetch-Site", "", "Origin", "https://example.com"))) {
            var answer = OWNER.call(method, path, body, but);
            assertThat(answer.statusCode()).as(but + answer.body()).isEqualTo(403);
            assertThat(answer.body()).contains("csrf_token_invalid");
        }
    }

    /** Nobody is signed in as somebody else by another's page. */
    @ParameterizedTest
    @ValueSource(strings = {"/session/options", "/session"})
    void anothersPageSignsNobodyIn(String path) {
        var answer =
                OWNER.call("POST", path, "{\"credential\":{}}", Map.of("Cookie", "", "Sec-Fetch-Site", "same-site"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void signingInLeadsToTheDashboardWhateverTheAddressSays() {
        var customer = SYSTEM.customer("1.00");
        var link = SignedInBrowser.link(SYSTEM, customer.account(), "owner-" + UUID.randomUUID() + "@example.com");
        var answer = SignedInBrowser.send(
                HttpRequest.newBuilder(URI.create(link + "&next=https://example.com/&url=%2F%2Fexample.com"))
                        .header("Sec-Fetch-Site", "same-origin")
                        .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.headers().firstValue("Location")).hasValue("/dashboard");
        var asked = SignedInBrowser.send(HttpRequest.newBuilder(URI.create(SYSTEM.url("/sign-in?next=//example.com")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("email=a@example.com&next=https://example.com")));
        assertThat(asked.headers().firstValue("Location")).hasValue("/sign-in/sent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sign-in", "/sign-in/sent", "/sign-in/link?token=x", "/dashboard/account"})
    void noPageIsShownInAnothersFrame(String path) {
        var page = SignedInBrowser.send(HttpRequest.newBuilder(URI.create(SYSTEM.url(path)))
                .header("Accept", "text/html")
                .GET());
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'none'", "form-action 'self'");
    }
}
