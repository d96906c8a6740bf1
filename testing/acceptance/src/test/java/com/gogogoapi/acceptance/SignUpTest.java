package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Coming in as nobody's guest, where that is allowed: by the form, a mail and its button. */
@Tag("acceptance")
class SignUpTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();

    private static HttpResponse<String> ask(String email) {
        return SignedInBrowser.send(HttpRequest.newBuilder(URI.create(SYSTEM.url("/sign-in")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.ofString("email=" + email)));
    }

    @Test
    void whoAsksForALinkAndUsesItHasAnAccountWithoutCredit() {
        var email = "new-" + UUID.randomUUID() + "@example.com";
        assertThat(ask(email).statusCode()).isEqualTo(303);
        var stranger = SignedInBrowser.by(SYSTEM, "", Mails.of(SYSTEM).link(email));
        var session = SignedInBrowser.json(stranger.call("GET", "/session", ""));
        assertThat(session.path("accounts").size()).isEqualTo(1);
        var account = session.path("accounts").get(0);
        assertThat(account.path("role").asString()).isEqualTo("owner");
        var browser = new SignedInBrowser(
                SYSTEM, account.path("account_id").asString(), stranger.cookie(), stranger.csrfToken());
        var credits = browser.call("GET", "/credits", "");
        assertThat(credits.statusCode()).as(credits.body()).isEqualTo(200);
        assertThat(Customer.amount(SignedInBrowser.json(credits).path("data"), "total_credits_usd"))
                .isZero();
        assertThat(browser.call("POST", "/keys", "{\"label\":\"first\"}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void theAnswerTellsNobodyWhoIsAMember() {
        var email = "owner-" + UUID.randomUUID() + "@example.com";
        SignedInBrowser.link(SYSTEM, SYSTEM.customer("1.00").account(), email);
        var known = ask(email);
        var unknown = ask("new-" + UUID.randomUUID() + "@example.com");
        assertThat(unknown.statusCode()).isEqualTo(known.statusCode());
        assertThat(unknown.body()).isEqualTo(known.body());
        assertThat(unknown.headers().map().keySet())
                .isEqualTo(known.headers().map().keySet());
    }
}
