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
import tools.jackson.databind.JsonNode;

/** What an operator's browser may do, under which name, for how long, and what pages of others cannot make it do. */
@Tag("acceptance")
class OperatorSessionsTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();

    private record Named(String name, String secret) {}

    private static Named named(String... roles) {
        var name = "o-" + UUID.randomUUID();
        var answer = SYSTEM.operator("POST", "/operators", Map.of("name", name, "roles", List.of(roles)));
        return new Named(name, answer.path("secret").asString());
    }

    private static SignedInOperator signedIn(String... roles) {
        return SignedInOperator.with(SYSTEM, named(roles).secret());
    }

    @Test
    void theCookieIsOfThisOriginAloneAndEndsWithTheBrowser() {
        var answer =
                SignedInOperator.signIn(SYSTEM, named("support").secret(), Map.of("Sec-Fetch-Site", "same-origin"));
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("__Host-gogogoapi-operator=")
                .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict")
                .doesNotContain("Max-Age", "Expires", "Domain");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.body()).doesNotContain("os-gogogo-", "op-gogogo-");
    }

    @Test
    void whatIsDoneIsDoneInTheOperatorsName() {
        var anna = named("support", "auditor");
        var browser = SignedInOperator.with(SYSTEM, anna.secret());
        assertThat(browser.call("GET", "/self", "").body()).contains(anna.name());
        var reason = "ein Grund: „größer“ & so weiter";
        var opened = browser.call(
                "POST",
                "/accounts",
                Map.of("name", "opened by a browser"),
                Map.of(
                        "X-Audit-Reason",
                        "UTF-8''" + "ein%20Grund%3A%20%E2%80%9Egr%C3%B6%C3%9Fer%E2%80%9C%20%26%20so%20weiter"));
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(200);
        var account = SignedInBrowser.json(opened).path("account_id").asString();
        var row = SignedInBrowser.json(browser.call("GET", "/audit-trail?account=" + account, ""))
                .path("data")
                .path(0);
        assertThat(row.path("actor").asString()).isEqualTo(anna.name());
        assertThat(row.path("action").asString()).isEqualTo("open-account");
        assertThat(row.path("reason").asString()).isEqualTo(reason);
        assertThat(browser.call("DELETE", "/session", "").statusCode()).isEqualTo(200);
        var trail = SYSTEM.operator("GET", "/audit-trail?limit=200", Map.of()).path("data");
        assertThat(trail.valueStream()
                        .filter(one -> one.path("subject").asString().equals(anna.name()))
                        .map(one -> one.path("action").asString()))
                .containsExactly("operator-sign-out", "operator-sign-in", "add-operator");
    }

    @Test
    void aRoleThatIsMissingIsMissingHereToo() {
        var support = signedIn("support");
        var customer = SYSTEM.customer("1.00");
        var refused = support.call(
                "POST",
                "/accounts/" + customer.account() + "/grants",
                Map.of("amount_usd", "1.00", "reference", "by support"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("operator_role_not_allowed");
        assertThat(customer.books().granted()).isEqualByComparingTo("1.00");
    }

    /** What a page of another origin can make a browser send, and what it cannot: nothing opens, not even to read. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    no token,                 X-CSRF-Token,   ''
                    a wrong token,            X-CSRF-Token,   AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
                    another site,             Sec-Fetch-Site, cross-site
                    a neighbour of the site,  Sec-Fetch-Site, same-site
                    """)
    void anothersPageGetsNowhere(String what, String header, String value) {
        var browser = signedIn("support", "treasury", "auditor");
        var customer = SYSTEM.customer("1.00");
        var but = Map.of(header, value);
        for (var answer : List.of(
                browser.call("GET", "/accounts", "", but),
                browser.call(
                        "POST",
                        "/accounts/" + customer.account() + "/grants",
                        Map.of("amount_usd", "1.00", "reference", "forged"),
                        but),
                browser.call("DELETE", "/session", "", but))) {
            assertThat(answer.statusCode()).as(what + answer.body()).isEqualTo(403);
            assertThat(answer.body()).contains("csrf_token_invalid");
        }
        assertThat(customer.books().granted()).isEqualByComparingTo("1.00");
        assertThat(browser.call("GET", "/accounts", "").statusCode()).isEqualTo(200);
    }

    /** Nor is an operator's browser signed in as somebody else by a page of another site. */
    @Test
    void anothersPageSignsNobodyIn() {
        var answer = SignedInOperator.signIn(SYSTEM, named("support").secret(), Map.of("Sec-Fetch-Site", "cross-site"));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void aWrongTokenSignsNobodyIn() {
        for (var wrong : List.of(
                "op-gogogo-" + "A".repeat(49),
                "anything",
                SYSTEM.customer("1.00").apiKey())) {
            var answer = SignedInOperator.signIn(SYSTEM, wrong, Map.of());
            assertThat(answer.statusCode()).as(wrong).isEqualTo(401);
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        }
        for (var cookie : List.of("os-gogogo-" + "A".repeat(49), "x", "")) {
            var told = SignedInBrowser.send(HttpRequest.newBuilder(URI.create(SYSTEM.url(SignedInOperator.SESSION)))
                    .header("Cookie", "__Host-gogogoapi-operator=" + cookie)
                    .GET());
            assertThat(SignedInBrowser.json(told).path("signed_in").asBoolean(true))
                    .as(cookie)
                    .isFalse();
        }
    }

    @Test
    void aRevokedOperatorAndARenewedSecretEndTheSessionAtOnce() {
        var ben = named("support");
        var revoked = SignedInOperator.with(SYSTEM, ben.secret());
        assertThat(revoked.call("GET", "/accounts", "").statusCode()).isEqualTo(200);
        SYSTEM.operator("DELETE", "/operators/" + ben.name(), Map.of());
        assertOver(revoked);

        var carl = named("support");
        var renewed = SignedInOperator.with(SYSTEM, carl.secret());
        var another = SYSTEM.operator("POST", "/operators/" + carl.name() + "/secret", Map.of());
        assertOver(renewed);
        assertThat(SignedInOperator.with(SYSTEM, another.path("secret").asString())
                        .call("GET", "/accounts", "")
                        .statusCode())
                .isEqualTo(200);
    }

    private static void assertOver(SignedInOperator browser) {
        var answer = browser.call("GET", "/accounts", "");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("session_over");
    }

    @Test
    void signingOutEndsItForWhoeverKeptTheCookie() {
        var browser = signedIn("support");
        var answer = browser.call("DELETE", "/session", "");
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
        assertOver(browser);
    }

    /** A token that is sent is what counts, and a session of the customers' site is another thing. */
    @Test
    void sessionsAndTokensAreNotMixed() {
        var support = signedIn("support");
        var prices = named("prices");
        var both = support.call("GET", "/self", "", Map.of("Authorization", "Bearer " + prices.secret()));
        assertThat(both.body()).contains(prices.name());
        var wrong = support.call("GET", "/self", "", Map.of("Authorization", "Bearer wrong"));
        assertThat(wrong.statusCode()).isEqualTo(401);

        var owner = SignedInBrowser.owner(SYSTEM.customer("1.00"));
        assertThat(owner.call("GET", "/operator/self", "").statusCode()).isEqualTo(401);
        var asCustomer = SignedInBrowser.send(HttpRequest.newBuilder(URI.create(SYSTEM.url("/api/v1/credits")))
                .header("Cookie", support.cookie())
                .header("X-CSRF-Token", support.csrfToken())
                .GET());
        assertThat(asCustomer.statusCode()).isEqualTo(401);
    }

    /** Whom the settings name: the first operator, and the auditor. */
    @Test
    void theInstallationsTokensSignInToo() {
        var first = SignedInOperator.with(SYSTEM, SYSTEM.access("operator_token"));
        JsonNode self = SignedInBrowser.json(first.call("GET", "/session", ""));
        assertThat(self.path("installation").asBoolean()).isTrue();
        assertThat(self.path("name").asString()).isEqualTo("operator");
        assertThat(first.call("GET", "/operators", "").statusCode()).isEqualTo(200);
        assertThat(first.call("DELETE", "/session", "").statusCode()).isEqualTo(200);
    }

    @Test
    void accountsAreFoundByIdNameAndMember() {
        var mark = UUID.randomUUID().toString();
        var account = SYSTEM.operator("POST", "/accounts", Map.of("name", "Found 100% " + mark))
                .path("account_id")
                .asString();
        SignedInBrowser.link(SYSTEM, account, "found-" + mark + "@example.com");
        var support = signedIn("support");
        for (var search : List.of(account, "FOUND%20100%25%20" + mark, mark, "found-" + mark + "@EXAMPLE.com")) {
            var found = SignedInBrowser.json(support.call("GET", "/accounts?search=" + search, ""))
                    .path("data");
            assertThat(found.valueStream().map(one -> one.path("account_id").asString()))
                    .as(search)
                    .containsExactly(account);
        }
        assertThat(support.call("GET", "/accounts?search=%25", "").body()).contains(account);
        assertThat(SignedInBrowser.json(support.call("GET", "/accounts?search=no-" + mark, ""))
                        .path("data")
                        .size())
                .isZero();
        assertThat(support.call("GET", "/accounts?search=" + "x".repeat(101), "")
                        .statusCode())
                .isEqualTo(400);
    }
}
