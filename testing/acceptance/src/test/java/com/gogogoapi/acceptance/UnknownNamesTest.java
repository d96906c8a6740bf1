package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a route does not know it refuses by name, whichever route it is: a parameter or a field without effect would be taken
 * for one with effect. A new route is tried without anybody thinking of it.
 */
@Tag("acceptance")
class UnknownNamesTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final Customer CUSTOMER = SYSTEM.customer("1.00");
    private static final String OWNERS_KEY =
            People.of(CUSTOMER).invited("owner").managementKey();

    /** Where a key that calls models is not what is asked for. */
    private static final List<String> MANAGED = List.of("/keys", "/account", "/members", "/invitations");

    /** Bodies whose form is somebody else's: whatever else is in them is between the client and the upstream. */
    private static final List<String> FORWARDED = List.of(
            "/chat/completions",
            "/chat/deepseek",
            "/completions",
            "/messages",
            "/messages/count_tokens",
            "/responses",
            "/quote",
            "/beta/chat/completions",
            "/beta/completions");

    /** Forms of pages: browsers add what they like. */
    private static final List<String> FORMS = List.of("/pricing", "/sign-in", "/sign-in/link");

    private static final Map<String, Object> PRICES = Map.of(
            "input_usd_per_million", "1",
            "cached_input_usd_per_million", "1",
            "output_usd_per_million", "1",
            "source", Map.of("url", "https://example.com", "retrieved_at", "2026-11-23T00:00:00Z"));

    /** A body that each route would accept, but for the field that is added. */
    static final Map<String, Map<String, Object>> BODIES = Map.ofEntries(
            Map.entry("/operator/accounts", Map.of("name", "unknown-names")),
            Map.entry("/operator/token-stops/{chainId}/{token}", Map.of("reason", "a test")),
            Map.entry("/account/organisation", Map.of("name", "unknown-names")),
            Map.entry("/members/{member}", Map.of("role", "viewer")),
            Map.entry("/members/{member}/removal", Map.of("keys", "revoke")),
            Map.entry("/invitations", Map.of("email", "a@example.com", "role", "viewer")),
            Map.entry("/invitations/acceptance", Map.of("token", "unknown-names")),
            Map.entry("/operator/accounts/{account}/organisation", Map.of("name", "unknown-names")),
            Map.entry("/operator/accounts/{account}/members/{member}", Map.of("role", "viewer")),
            Map.entry("/operator/accounts/{account}/members/{member}/removal", Map.of("keys", "revoke")),
            Map.entry("/operator/accounts/{account}/invitations", Map.of("email", "a@example.com", "role", "viewer")),
            Map.entry("/operator/accounts/{account}/sign-in-links", Map.of("email", "a@example.com")),
            Map.entry("/operator/session", Map.of("token", "unknown-names")),
            Map.entry("/operator/operators", Map.of("name", "unknown-names", "roles", List.of("auditor"))),
            Map.entry("/operator/operators/{name}", Map.of("roles", List.of("auditor"))),
            Map.entry("/operator/operators/{name}/secret", Map.of()),
            Map.entry(
                    "/operator/accounts/{account}/transfers",
                    Map.of("to", "acct_0", "amount_usd", "1", "reference", "unknown-names", "reason", "a test")),
            Map.entry("/operator/orders/{order}/approval", Map.of()),
            Map.entry("/operator/orders/{order}/rejection", Map.of("reason", "a test")),
            Map.entry("/operator/accounts/{account}/keys", Map.of("label", "unknown-names")),
            Map.entry("/operator/accounts/{account}/limits", Map.of("budgets", List.of())),
            Map.entry("/operator/accounts/{account}/members/{member}/limits", Map.of("budgets", List.of())),
            Map.entry("/account/limits", Map.of("budgets", List.of())),
            Map.entry("/members/{member}/limits", Map.of("budgets", List.of())),
            Map.entry("/operator/accounts/{account}/keys/{keyId}", Map.of("label", "unknown-names")),
            Map.entry("/operator/accounts/{account}/keys/{keyId}/rotation", Map.of("overlap_seconds", 0)),
            Map.entry("/keys", Map.of("label", "unknown-names")),
            Map.entry("/keys/{keyId}", Map.of("label", "unknown-names")),
            Map.entry("/keys/{keyId}/rotation", Map.of("overlap_seconds", 0)),
            Map.entry("/operator/accounts/{account}/grants", Map.of("amount_usd", "1", "reference", "unknown-names")),
            Map.entry(
                    "/operator/accounts/{account}/corrections",
                    Map.of(
                            "amount_usd", "1",
                            "corrects", "01a21049-56f2-7d46-8bdb-053a606b9931",
                            "reason", "a test",
                            "corrected_by", "a test",
                            "reference", "unknown-names")),
            Map.entry("/operator/accounts/{account}/parked/{offset}", Map.of("action", "retry", "reason", "a test")),
            Map.entry(
                    "/operator/ledger/intake-gaps/{shard}",
                    Map.of("expected_offset", 0, "accepted_by", "a test", "reason", "a test")),
            Map.entry(
                    "/operator/ledger/signing-keys",
                    Map.of(
                            "name", "unknown-names",
                            "public_key", "MCowBQYDK2VwAyEACjoJhCnlt4Q7UFwx9Af8f0rtpKZ5pHp5vg8Aid/zZ0g=",
                            "roles", List.of("FUNDING"),
                            "trusted_by", "a test",
                            "reason", "a test")),
            Map.entry(
                    "/operator/ledger/signing-keys/{key}/revocation",
                    Map.of("revoked_by", "a test", "reason", "a test")),
            Map.entry("/top-ups", Map.of("amount_usd", "5.00")),
            Map.entry(
                    "/deposit-addresses/test-payments",
                    Map.of("chain_id", "eip155:31337", "token", "USDC", "amount", "1")),
            Map.entry("/alerts", Map.of("low_balance_usd", "1.00")),
            Map.entry("/alerts/test", Map.of()),
            Map.entry("/alerts/confirmation", Map.of("code", "unknown-names")),
            Map.entry("/session", Map.of("credential", Map.of())),
            Map.entry("/session/options", Map.of()),
            Map.entry("/session/confirmation", Map.of("code", "unknown-names")),
            Map.entry("/session/confirmation/code", Map.of()),
            Map.entry("/session/confirmation/options", Map.of()),
            Map.entry("/passkeys", Map.of("name", "unknown-names", "credential", Map.of())),
            Map.entry("/passkeys/options", Map.of()),
            Map.entry("/webhooks/{webhookId}/rotation", Map.of("overlap_seconds", 0)),
            Map.entry("/webhooks", Map.of("url", "https://example.com/")),
            Map.entry("/webhooks/{webhookId}/test", Map.of()),
            Map.entry("/webhooks/{webhookId}/replay", Map.of("from_sequence", 0)),
            Map.entry("/webhooks/{webhookId}/enable", Map.of()),
            Map.entry("/operator/usage/rebuild", Map.of("reason", "a test")),
            Map.entry("/operator/sweeps/{chain}/{transaction}/{log}/explanation", Map.of("reason", "a test")),
            Map.entry("/operator/keys/revocations", Map.of("last_four", "none")),
            Map.entry("/operator/routes/{model}/prices", PRICES),
            Map.entry("/operator/routes/{model}/prices/preview", PRICES),
            Map.entry("/operator/routes/{model}/costs", PRICES),
            Map.entry("/operator/routes/{model}/loss-policy", Map.of("policy", "sell")),
            Map.entry("/operator/routes/{model}/aliases", Map.of("aliases", List.of())),
            Map.entry("/operator/routes/import", Map.of("routes", List.of())));

    static Stream<PublicRoute> routes() {
        return PublicRoute.all().stream();
    }

    static Stream<PublicRoute> routesWithABody() {
        return routes().filter(PublicRoute::takesABody)
                .filter(route -> !FORWARDED.contains(named(route)) && !FORMS.contains(route.path()));
    }

    private static String named(PublicRoute route) {
        return route.path().replaceFirst("^(/api)?/v1", "");
    }

    private static String address(PublicRoute route) {
        return route.path()
                .replace("{account}", CUSTOMER.account())
                .replace("{keyId}", CUSTOMER.keyId())
                .replace("{requestId}", "01a21049-56f2-7d46-8bdb-053a606b9931")
                .replace("{grantId}", "01a21049-56f2-7d46-8bdb-053a606b9931")
                .replace("{chainId}", "eip155:0")
                .replace("{token}", "NONE")
                .replace("{depositId}", "01a21049-56f2-7d46-8bdb-053a606b9931")
                .replace("{month}", "2026-01")
                .replace("{payment}", "01a21049-56f2-7d46-8bdb-053a606b9931")
                .replace("{webhookId}", "01a21049-56f2-7d46-8bdb-053a606b9931")
                .replace("{member}", "01a21049-56f2-7d46-8bdb-053a606b9931")
                .replace("{invitation}", "inv_0")
                .replace("{name}", "nobody")
                .replace("{owner}", "deepseek")
                .replace("{order}", "01a21049-56f2-7d46-8bdb-053a606b9931")
                .replace("{offset}", "0")
                .replace("{key}", "0123456789abcdef")
                .replace("{shard}", "0")
                .replace("{chain}", "eip155:1")
                .replace("{transaction}", "0x" + "0".repeat(64))
                .replace("{log}", "0")
                .replace("{response}", "resp_1")
                .replace("{session}", "session_0")
                .replace("{passkey}", "passkey_0")
                .replace("{file}", "none.js")
                .replace("{page}", "keys")
                .replace("{guide}", "none")
                .replace("{item}", "none")
                .replace("{model}", "deepseek-v4-flash");
    }

    private static String bearer(PublicRoute route) {
        if (route.isOperators()) {
            return SYSTEM.access("operator_token");
        }
        return MANAGED.stream().anyMatch(named(route)::startsWith) ? OWNERS_KEY : CUSTOMER.apiKey();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void anUnknownParameter(PublicRoute route) {
        var answer = SYSTEM.send(route.method(), address(route) + "?nonsense=1", bearer(route), "");
        if (route.ignoresOthers()) {
            assertThat(answer.body()).doesNotContain("nonsense");
        } else {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("\"param\":\"nonsense\"", "nonsense must be ");
        }
    }

    @ParameterizedTest
    @MethodSource("routesWithABody")
    void anUnknownField(PublicRoute route) {
        assertThat(BODIES).as("a body for " + route).containsKey(named(route));
        var body = new HashMap<>(BODIES.get(named(route)));
        body.put("limit_usd", "1");
        var answer = SYSTEM.send(
                route.method(),
                address(route),
                bearer(route),
                JsonMapper.shared().writeValueAsString(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("\"param\":\"limit_usd\"", "limit_usd must be one of the known fields");
        assertThat(CUSTOMER.books().granted()).isEqualByComparingTo("1.00");
    }

    @Test
    void aFieldThatIsThereTwice() {
        for (var route : List.of("/accounts/" + CUSTOMER.account() + "/grants", "/routes/deepseek-v4-flash/prices")) {
            var answer = SYSTEM.send(
                    "POST",
                    "/v1/operator" + route,
                    SYSTEM.access("operator_token"),
                    "{\"reference\":\"twice\",\"reference\":\"twice\",\"amount_usd\":\"1\"}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("uplicate");
        }
    }

    /** Which of the two is meant, nobody can tell. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/ledger",
                "/v1/operator/accounts/{account}/statement",
                "/v1/operator/accounts/{account}/state"
            })
    void parametersThatContradictEachOther(String path) {
        var token = path.contains("operator") ? SYSTEM.access("operator_token") : CUSTOMER.apiKey();
        var address = path.replace("{account}", CUSTOMER.account());
        for (var query : List.of("?seq=0&at=2026-11-26T00:00:00Z", "?seq=0&seq=1")) {
            var answer = SYSTEM.send("GET", address + query, token, "");
            assertThat(answer.statusCode()).as(query + answer.body()).isEqualTo(400);
        }
    }

    @Test
    void theTrialBalanceIsThatOfNowAndSaysSo() {
        var answer = SYSTEM.send(
                "GET",
                "/v1/operator/ledger/trial-balance?at=2026-01-01T00:00:00Z",
                SYSTEM.access("operator_token"),
                "");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("at must be left out");
    }
}
