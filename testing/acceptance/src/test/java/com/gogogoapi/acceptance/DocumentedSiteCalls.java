package com.gogogoapi.acceptance;

import static java.util.Map.entry;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** How what browsers open is called: pages, their forms, and the session of who is signed in. */
record DocumentedSiteCalls(RunningSystem system) {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern ASSET = Pattern.compile("/assets/([^\"]+\\.css)");

    Map<String, Supplier<DocumentedCall>> all() {
        var page = DocumentedCall.by("").with("Accept", "text/html");
        var form = DocumentedCall.by("").with("Content-Type", FORM).with("Sec-Fetch-Site", "same-origin");
        return Map.ofEntries(
                entry("GET / (root)", () -> page),
                entry("GET /docs (root)", () -> page),
                entry("GET /docs/{guide} (root)", () -> page.of("guide", "clients")),
                entry("GET /status (root)", () -> page),
                entry("GET /invitation (root)", () -> page),
                entry("GET /dashboard (root)", () -> page),
                entry("GET /dashboard/{page} (root)", () -> page.of("page", "keys")),
                entry("GET /dashboard/{page}/{item} (root)", () -> page.of("page", "keys")
                        .of("item", "key_0")),
                entry("GET /assets/{file} (root)", () -> DocumentedCall.by("").of("file", asset("/sign-in"))),
                entry("GET /operator (root)", () -> page),
                entry("GET /operator/{page} (root)", () -> page.of("page", "accounts")),
                entry("GET /operator/{page}/{item} (root)", () -> page.of("page", "accounts")
                        .of("item", "acct_0")),
                entry("GET /operator/assets/{file} (root)", () -> DocumentedCall.by("")
                        .of("file", asset("/operator"))),
                entry("GET /operator/session", () -> of(SignedInOperator.with(system, newOperator()))),
                entry("POST /operator/session", () -> DocumentedCall.by("").saying(Map.of("token", newOperator()))),
                entry("DELETE /operator/session", () -> of(SignedInOperator.with(system, newOperator()))),
                entry("GET /sign-in (root)", () -> page),
                entry("GET /sign-in/sent (root)", () -> page),
                entry("GET /sign-in/link (root)", () -> page.asking("?token=si-gogogo-0")),
                entry("POST /sign-in (root)", () -> form.saying("email=somebody@example.com")
                        .answeredWith(303)),
                entry("POST /sign-in/link (root)", () -> form.asking("?token=" + token())
                        .answeredWith(303)),
                entry("POST /pricing (root)", () -> form.saying("model=deepseek-v4-flash&prompt=Hello")),
                entry("GET /models/{owner}/{model}", () -> DocumentedCall.by("").of("owner", "deepseek")),
                entry("GET /session", () -> ofBrowser(SignedInBrowser.owner(another()))),
                entry("DELETE /session", () -> ofBrowser(SignedInBrowser.owner(another()))),
                entry("DELETE /sessions/{session}", () -> {
                    var browser = SignedInBrowser.owner(another());
                    return ofBrowser(browser).of("session", session(browser));
                }),
                entry("GET /sign-in/provider (root)", () -> page.answeredWith(404)),
                entry("GET /sign-in/provider/callback (root)", () -> page.asking("?state=none&code=none")
                        .answeredWith(400)),
                entry("POST /session/options", () -> ofOurs().saying(Map.of())),
                entry("POST /session", () -> ofOurs().saying(Map.of("credential", Map.of()))
                        .answeredWith(400)),
                entry("POST /session/confirmation/options", () -> ofBrowser(SignedInBrowser.owner(another()))
                        .saying(Map.of())),
                entry("POST /session/confirmation/code", () -> ofBrowser(SignedInBrowser.owner(another()))
                        .saying(Map.of())),
                entry("POST /session/confirmation", () -> ofBrowser(SignedInBrowser.owner(another()))
                        .saying(Map.of("code", "00000-00000"))
                        .answeredWith(422)),
                entry("POST /passkeys/options", () -> ofBrowser(SignedInBrowser.owner(another()))
                        .saying(Map.of())),
                entry("POST /passkeys", () -> ofBrowser(SignedInBrowser.owner(another()))
                        .saying(Map.of("name", "none", "credential", Map.of()))
                        .answeredWith(400)),
                entry("DELETE /passkeys/{passkey}", () -> ofBrowser(SignedInBrowser.owner(another()))
                        .of("passkey", "passkey_0")
                        .answeredWith(404)),
                entry("POST /operator/accounts/{account}/sign-in-links", () -> DocumentedCall.by(
                                system.access("operator_token"))
                        .of("account", another().account())
                        .saying(Map.of("email", address()))));
    }

    /** Without members: whoever is handed a link to it becomes its owner. */
    private Customer another() {
        return system.customer("1.00");
    }

    private static String address() {
        return "owner-" + UUID.randomUUID() + "@example.com";
    }

    /** Of a link that nobody has used. */
    private String token() {
        var link = SignedInBrowser.link(system, another().account(), address());
        return link.substring(link.indexOf('=') + 1);
    }

    /** A page of ours, with which nobody is signed in. */
    private static DocumentedCall ofOurs() {
        return DocumentedCall.by("").with("Sec-Fetch-Site", "same-origin");
    }

    private static DocumentedCall ofBrowser(SignedInBrowser browser) {
        return DocumentedCall.by("")
                .with("Cookie", browser.cookie())
                .with("X-CSRF-Token", browser.csrfToken())
                .with("Sec-Fetch-Site", "same-origin");
    }

    private static DocumentedCall of(SignedInOperator operator) {
        return DocumentedCall.by("")
                .with("Cookie", operator.cookie())
                .with("X-CSRF-Token", operator.csrfToken())
                .with("Sec-Fetch-Site", "same-origin");
    }

    /** Their secret. */
    private String newOperator() {
        return system.operator(
                        "POST", "/operators", Map.of("name", "o-" + UUID.randomUUID(), "roles", List.of("auditor")))
                .path("secret")
                .asString();
    }

    private String session(SignedInBrowser browser) {
        return SignedInBrowser.json(
                        SignedInBrowser.send(HttpRequest.newBuilder(URI.create(system.url("/api/v1/session")))
                                .header("Cookie", browser.cookie())
                                .GET()))
                .path("session_id")
                .asString();
    }

    /** One that a page names. */
    private String asset(String path) {
        var page = SignedInBrowser.send(
                HttpRequest.newBuilder(URI.create(system.url(path))).GET());
        var found = ASSET.matcher(page.body());
        if (!found.find()) {
            throw new AssertionError("The page must have a style: " + page.body());
        }
        return found.group(1);
    }
}
