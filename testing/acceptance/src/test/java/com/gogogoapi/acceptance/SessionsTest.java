package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a browser that is signed in may do by the public API, and what pages of others cannot make it do. */
@Tag("acceptance")
class SessionsTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final Customer CUSTOMER = SYSTEM.customer("1.00");
    private static final SignedInBrowser OWNER = SignedInBrowser.owner(CUSTOMER);
    private static final String NEW_KEY = "{\"label\":\"of a session\"}";

    private static String keys() {
        return SYSTEM.operator("GET", "/accounts/" + CUSTOMER.account() + "/keys", Map.of())
                .toString();
    }

    @Test
    void anOwnerReadsManagesAndQuotes() {
        for (var path :
                new String[] {"/account", "/credits", "/ledger", "/requests", "/activity", "/keys", "/alerts"}) {
            assertThat(OWNER.call("GET", path, "").statusCode()).as(path).isEqualTo(200);
        }
        var issued = SignedInBrowser.json(OWNER.call("POST", "/keys", NEW_KEY));
        assertThat(issued.path("api_key").asString()).startsWith("sk-gogogo-");
        assertThat(keys()).contains(issued.path("key_id").asString());
        var quote = OWNER.call(
                "POST",
                "/quote",
                "{\"model\":\"deepseek-v4-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");
        assertThat(quote.statusCode()).as(quote.body()).isEqualTo(200);
        var trail = SYSTEM.operator("GET", "/audit-trail?account=" + CUSTOMER.account(), Map.of())
                .toString();
        assertThat(trail).contains("session_", "issue-key", "sign-in");
    }

    /** What it costs money to do takes a key. */
    @Test
    void aSessionCallsNoModels() {
        var before = CUSTOMER.books();
        var answer = OWNER.call("POST", "/chat/completions", Customer.chat("Hello", 5, false));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("wrong_key_purpose", "a browser that is signed in calls none");
        assertThat(CUSTOMER.books()).isEqualTo(before);
    }

    /** What a page of another origin can make a browser send, and what it cannot. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    no token,                 X-CSRF-Token,   ''
                    a wrong token,            X-CSRF-Token,   AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
                    another site,             Sec-Fetch-Site, cross-site
                    a neighbour of the site,  Sec-Fetch-Site, same-site
                    """)
    void anothersPageChangesNothing(String what, String header, String value) {
        var before = keys();
        var answer = OWNER.call("POST", "/keys", NEW_KEY, Map.of(header, value));
        assertThat(answer.statusCode()).as(what + answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains("csrf_token_invalid");
        assertThat(keys()).isEqualTo(before);
        var end = OWNER.call("DELETE", "/session", "", Map.of(header, value));
        assertThat(end.statusCode()).as(what).isEqualTo(403);
        assertThat(OWNER.call("GET", "/credits", "").statusCode()).isEqualTo(200);
    }

    @Test
    void anothersOriginIsRefusedWhereABrowserSaysNothingElse() {
        var refused =
                OWNER.call("POST", "/keys", NEW_KEY, Map.of("Sec-Fetch-Site", "", "Origin", "https://example.com"));
        assertThat(refused.statusCode()).isEqualTo(403);
        var ours = OWNER.call("GET", "/keys", "", Map.of("Sec-Fetch-Site", "", "Origin", SYSTEM.url("")));
        assertThat(ours.statusCode()).isEqualTo(200);
        assertThat(OWNER.call("GET", "/credits", "", Map.of("Sec-Fetch-Site", "cross-site"))
                        .statusCode())
                .isEqualTo(403);
    }

    /** A cookie comes along whoever makes a browser ask; which account is meant, only a page of ours says. */
    @Test
    void aCookieByItselfOpensNothing() {
        for (var path : new String[] {"/credits", "/keys", "/account"}) {
            var answer = OWNER.call("GET", path, "", Map.of("X-Account", ""));
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
        }
        assertThat(OWNER.call("GET", "/credits", "", Map.of("Cookie", "")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void anothersAccountIsNone() {
        var another = SYSTEM.customer("1.00");
        for (var account : new String[] {another.account(), "acct_0", "../accounts"}) {
            var answer = OWNER.call("GET", "/credits", "", Map.of("X-Account", account));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        }
    }

    /** Who sends a key means the key, right or wrong. */
    @Test
    void aWrongKeyIsNotMadeGoodByASession() {
        assertThat(OWNER.call("GET", "/credits", "", Map.of("Authorization", "Bearer nonsense"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aSessionThatWasEndedIsOverAndSaysSo() {
        var customer = SYSTEM.customer("1.00");
        var email = "owner-" + UUID.randomUUID() + "@example.com";
        var here =
                SignedInBrowser.by(SYSTEM, customer.account(), SignedInBrowser.link(SYSTEM, customer.account(), email));
        var there =
                SignedInBrowser.by(SYSTEM, customer.account(), SignedInBrowser.link(SYSTEM, customer.account(), email));
        var sessions = SignedInBrowser.json(here.call("GET", "/session", "")).path("sessions");
        assertThat(sessions.size()).isEqualTo(2);
        var other = sessions.valueStream()
                .filter(session -> !session.path("current").asBoolean())
                .findFirst()
                .orElseThrow()
                .path("session_id")
                .asString();
        assertThat(OWNER.call("DELETE", "/sessions/" + other, "").statusCode())
                .as("another person's")
                .isEqualTo(404);
        assertThat(here.call("DELETE", "/sessions/" + other, "").statusCode()).isEqualTo(200);
        var over = there.call("GET", "/credits", "");
        assertThat(over.statusCode()).isEqualTo(401);
        assertThat(over.body()).contains("session_over");
        assertThat(SignedInBrowser.json(there.call("GET", "/session", ""))
                        .path("signed_in")
                        .asBoolean())
                .isFalse();

        var out = here.call("DELETE", "/session", "");
        assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
        assertThat(here.call("GET", "/credits", "").statusCode()).isEqualTo(401);
        assertThat(here.call("DELETE", "/session", "").statusCode())
                .as("signed out already")
                .isEqualTo(200);
    }

    /** A session that a browser was made to have before is not the one it has after. */
    @Test
    void aSessionIsNeverTakenOn() {
        var customer = SYSTEM.customer("1.00");
        var planted = SignedInBrowser.owner(SYSTEM.customer("1.00"));
        var link = SignedInBrowser.link(SYSTEM, customer.account(), "victim-" + UUID.randomUUID() + "@example.com");
        var answer = SignedInBrowser.send(HttpRequest.newBuilder(URI.create(link))
                .header("Cookie", planted.cookie())
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).doesNotContain(planted.cookie());
        assertThat(planted.call("GET", "/credits", "").statusCode())
                .as("the one before is over")
                .isEqualTo(401);
    }

    /** Looking is what scanners do; another site's form is what attackers do. */
    @Test
    void aLinkIsUsedByItsButtonAloneAndOnce() {
        var customer = SYSTEM.customer("1.00");
        var link = SignedInBrowser.link(SYSTEM, customer.account(), "owner-" + UUID.randomUUID() + "@example.com");
        for (var look = 0; look < 3; look++) {
            var page = SignedInBrowser.send(
                    HttpRequest.newBuilder(URI.create(link)).GET());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(page.body()).doesNotContain("si-gogogo-");
        }
        var forged = SignedInBrowser.send(HttpRequest.newBuilder(URI.create(link))
                .header("Sec-Fetch-Site", "cross-site")
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(forged.statusCode()).isEqualTo(403);
        SignedInBrowser.by(SYSTEM, customer.account(), link);
        var again = SignedInBrowser.send(
                HttpRequest.newBuilder(URI.create(link)).POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(again.statusCode()).isEqualTo(410);
        assertThat(again.body()).contains("<h1>This link is over</h1>");
    }

    @Test
    void rolesAreThoseOfTheAccount() {
        var customer = SYSTEM.customer("1.00");
        var people = People.of(customer).asOrganisation();
        for (var role : new String[] {"owner", "admin", "billing", "developer", "viewer"}) {
            var person = people.invited(role);
            var email = SYSTEM.operator("GET", "/accounts/" + customer.account() + "/members", Map.of())
                    .path("data")
                    .valueStream()
                    .filter(member -> member.path("member_id").asString().equals(person.id()))
                    .findFirst()
                    .orElseThrow()
                    .path("email")
                    .asString();
            var browser = SignedInBrowser.by(
                    SYSTEM, customer.account(), SignedInBrowser.link(SYSTEM, customer.account(), email));
            var mayHaveKeys = !role.equals("billing") && !role.equals("viewer");
            assertThat(browser.call("POST", "/keys", NEW_KEY).statusCode())
                    .as(role + " has a key made")
                    .isEqualTo(mayHaveKeys ? 200 : 403);
            assertThat(browser.call("GET", "/ledger", "").statusCode())
                    .as(role + " reads the statement")
                    .isEqualTo(role.equals("developer") ? 403 : 200);
            var invited = browser.call("GET", "/invitations", "").statusCode();
            assertThat(invited)
                    .as(role + " sees invitations")
                    .isEqualTo(role.equals("owner") || role.equals("admin") ? 200 : 403);
            assertThat(browser.call("GET", "/operator/accounts", "").statusCode())
                    .as(role + " is no operator")
                    .isEqualTo(401);
        }
    }

    @Test
    void pagesAreNobodyElsesToFrameAndProgramsAreToldAsBefore() {
        for (var path : new String[] {"/", "/sign-in", "/dashboard", "/dashboard/keys", "/dashboard/requests/x"}) {
            var page = SignedInBrowser.send(HttpRequest.newBuilder(URI.create(SYSTEM.url(path)))
                    .header("Accept", "text/html")
                    .GET());
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .as(path)
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
        }
        var program = SignedInBrowser.send(
                HttpRequest.newBuilder(URI.create(SYSTEM.url("/"))).GET());
        assertThat(program.statusCode()).isEqualTo(404);
        assertThat(SignedInBrowser.json(program).path("error").path("message").asString())
                .isNotEmpty();
    }

    @Test
    void whatPagesAreMadeOfIsKeptForEverAndPagesAreNot() {
        var page = SignedInBrowser.send(
                HttpRequest.newBuilder(URI.create(SYSTEM.url("/dashboard"))).GET());
        assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-cache");
        var known = SignedInBrowser.send(HttpRequest.newBuilder(URI.create(SYSTEM.url("/dashboard")))
                .header("If-None-Match", page.headers().firstValue("ETag").orElseThrow())
                .GET());
        assertThat(known.statusCode()).isEqualTo(304);
        var script = page.body().replaceFirst("(?s).*src=\"(/assets/[^\"]+\\.js)\".*", "$1");
        var asset = SignedInBrowser.send(HttpRequest.newBuilder(URI.create(SYSTEM.url(script)))
                .header("Accept-Encoding", "gzip")
                .GET());
        assertThat(asset.statusCode()).as(script).isEqualTo(200);
        assertThat(asset.headers().firstValue("Cache-Control").orElseThrow()).contains("max-age=31536000", "immutable");
        assertThat(asset.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(asset.headers().firstValueAsLong("Content-Length").orElseThrow())
                .as("200 kB of script at most, compressed")
                .isLessThan(200_000);
        for (var none : new String[] {"/assets/none.js", "/assets/..%2Fdashboard.html", "/assets/%2e%2e"}) {
            assertThat(SignedInBrowser.send(HttpRequest.newBuilder(URI.create(SYSTEM.url(none)))
                                    .GET())
                            .statusCode())
                    .as(none)
                    .isBetween(400, 404);
        }
    }
}
