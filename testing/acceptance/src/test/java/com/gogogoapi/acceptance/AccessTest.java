package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every route as everybody: the table is what {@code docs/openapi.yaml} says in {@code x-roles}, and the running system is asked
 * whether it is so. A new route is tried without anybody thinking of it.
 */
@Tag("acceptance")
class AccessTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final List<String> ROLES = List.of("owner", "admin", "billing", "developer", "viewer");
    private static final String NOBODYS = "01a21049-56f2-7d46-8bdb-053a606b9931";

    /** What no route takes: whoever is let through changes nothing. */
    private static final String NONSENSE = "{\"nonsense\":1}";

    private static final Fixture OWN = Fixture.create();
    private static final Fixture ANOTHERS = Fixture.create();

    /** Tokens by who has them. */
    private static final Map<String, List<String>> OPERATORS = operators();

    /**
     * An organisation with a member of every role.
     *
     * @param tokens keys by who has them: of a role, and of the account itself
     * @param ids what is the account's own, by the name that addresses have for it
     */
    private record Fixture(Customer customer, Map<String, List<String>> tokens, Map<String, String> ids) {

        static Fixture create() {
            var customer = SYSTEM.customer("1.00");
            var people = People.of(customer).asOrganisation();
            var tokens = new LinkedHashMap<String, List<String>>();
            var managing = SYSTEM.operator(
                    "POST",
                    "/accounts/" + customer.account() + "/keys",
                    Map.of("label", "managing", "purpose", "management"));
            tokens.put(
                    "account",
                    List.of(customer.apiKey(), managing.path("api_key").asString()));
            var member = "";
            var request = "";
            for (var role : ROLES) {
                var person = people.invited(role);
                var keys = new ArrayList<>(List.of(person.managementKey()));
                if (!Set.of("billing", "viewer").contains(role)) {
                    keys.add(person.inferenceKey());
                }
                tokens.put(role, keys);
                member = person.id();
            }
            assertThat(customer.complete(Customer.chat("Hello", 5, false)).statusCode())
                    .isEqualTo(200);
            request = customer.lastLine().path("request_id").asString();
            var invitation = SYSTEM.operator(
                    "POST",
                    "/accounts/" + customer.account() + "/invitations",
                    Map.of("email", UUID.randomUUID() + "@example.com", "role", "viewer"));
            return new Fixture(
                    customer,
                    tokens,
                    Map.of(
                            "{account}", customer.account(),
                            "{keyId}", customer.keyId(),
                            "{member}", member,
                            "{requestId}", request,
                            "{invitation}", invitation.path("invitation_id").asString()));
        }

        /** All that could be changed. */
        String state() {
            var state = new StringBuilder();
            for (var what : List.of(
                    "/keys",
                    "/members",
                    "/members/" + ids.get("{member}") + "/limits",
                    "/invitations",
                    "/limits",
                    "/profile")) {
                state.append(SYSTEM.operator("GET", "/accounts/" + customer.account() + what, Map.of()));
            }
            return state.toString().replaceAll("\"last_used_at\":\"[^\"]*\",?", "");
        }
    }

    private static Map<String, List<String>> operators() {
        var operators = new LinkedHashMap<String, List<String>>();
        for (var role : List.of("support", "prices", "treasury", "auditor")) {
            var operator = SYSTEM.operator(
                    "POST", "/operators", Map.of("name", "a-" + UUID.randomUUID(), "roles", List.of(role)));
            operators.put(role, List.of(operator.path("secret").asString()));
        }
        operators.put("installation", List.of(SYSTEM.access("operator_token")));
        return operators;
    }

    record Documented(String method, String path, Set<String> roles) {

        boolean isOperators() {
            return path.startsWith("/operator/");
        }

        /** With ids of nobody, so that whoever is let through finds nothing to change. */
        String address(Map<String, String> ids) {
            // Events would come for an hour.
            var address = path.replaceFirst("^/events$", "/events?seconds=1");
            for (var id : ids.entrySet()) {
                address = address.replace(id.getKey(), id.getValue());
            }
            return address.replace("{order}", NOBODYS)
                    .replace("{member}", NOBODYS)
                    .replace("{requestId}", NOBODYS)
                    .replace("{grantId}", NOBODYS)
                    .replace("{payment}", NOBODYS)
                    .replace("{depositId}", NOBODYS)
                    .replace("{chainId}", "eip155:0")
                    .replace("{token}", "NONE")
                    .replace("{month}", "2026-01")
                    .replace("{keyId}", "key_0")
                    .replace("{invitation}", "inv_0")
                    .replace("{webhookId}", NOBODYS)
                    .replace("{response}", "resp_0")
                    .replace("{session}", "session_0")
                    .replace("{passkey}", "passkey_0")
                    .replace("{file}", "none.js")
                    .replace("{page}", "keys")
                    .replace("{guide}", "none")
                    .replace("{item}", "none")
                    .replace("{name}", "nobody")
                    .replace("{owner}", "deepseek")
                    .replace("{offset}", "0")
                    .replace("{shard}", "0")
                    .replace("{chain}", "eip155:1")
                    .replace("{transaction}", "0x" + "0".repeat(64))
                    .replace("{log}", "0")
                    .replace("{key}", "0123456789abcdef")
                    .replace("{model}", "deepseek-v4-flash");
        }

        int status(String token, Map<String, String> ids, String body) {
            var prefix = path.startsWith("/beta/") ? "" : "/api/v1";
            return SYSTEM.send(method, prefix + address(ids), token, method.equals("GET") ? "" : body)
                    .statusCode();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Stream<Documented> routes() throws IOException {
        return RouteRulesTest.documented().entrySet().stream()
                .filter(route -> !route.getKey().endsWith("changes.atom"))
                .map(route -> {
                    var parts = route.getKey().split(" ", 2);
                    return new Documented(parts[0], parts[1], route.getValue());
                });
    }

    /** Of somebody with several keys, the kind that the route is for counts. */
    private static boolean isLetIn(Documented route, List<String> tokens, Map<String, String> ids) {
        return tokens.stream()
                .map(token -> route.status(token, ids, NONSENSE))
                .anyMatch(status -> status != 401 && status != 403);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aRouteAnswersWhomItIsForAndNobodyElse(Documented route) {
        var account = Map.of("{account}", OWN.customer().account());
        var everybody = route.roles().contains("everybody");
        assertThat(route.status("", account, NONSENSE) != 401).as("nobody").isEqualTo(everybody);
        OWN.tokens().forEach((who, tokens) -> assertThat(isLetIn(route, tokens, account))
                .as(who)
                .isEqualTo(everybody || route.roles().contains(who)));
        if (!everybody) {
            // The installation's operator is all of them.
            OPERATORS.forEach((who, tokens) -> assertThat(isLetIn(route, tokens, account))
                    .as(who)
                    .isEqualTo(route.isOperators()
                            && (who.equals("installation") || route.roles().contains(who))));
            assertThat(route.status("sk-gogogo-" + "A".repeat(43), account, NONSENSE))
                    .isEqualTo(401);
            assertThat(route.status("op-gogogo-" + "A".repeat(49), account, NONSENSE))
                    .isEqualTo(401);
        }
    }

    /** Bodies with which a route would do something, if what it is asked of were one's own. */
    private static final Map<String, Object> EFFECTIVE = Map.of(
            "PATCH /keys/{keyId}", Map.of("disabled", true),
            "POST /keys/{keyId}/rotation", Map.of("overlap_seconds", 0),
            "PATCH /members/{member}", Map.of("role", "admin"),
            "POST /members/{member}/removal", Map.of("keys", "revoke"));

    static Stream<Documented> routesWithIds() throws IOException {
        return routes().filter(route ->
                !route.isOperators() && ANOTHERS.ids().keySet().stream().anyMatch(route.path()::contains));
    }

    @ParameterizedTest
    @MethodSource("routesWithIds")
    void nothingOfAnothersAccountAnswers(Documented route) {
        var before = ANOTHERS.state();
        var body = JsonMapper.shared().writeValueAsString(EFFECTIVE.getOrDefault(route.toString(), Map.of()));
        OWN.tokens()
                .forEach((who, tokens) -> tokens.forEach(token -> assertThat(route.status(token, ANOTHERS.ids(), body))
                        .as(who)
                        .isIn(403, 404)));
        assertThat(ANOTHERS.state()).isEqualTo(before);
    }

    /** What of the account is his own, and what is others'. */
    @Test
    void aDeveloperTouchesHisOwnKeysAlone() {
        var developer = OWN.tokens().get("developer").getFirst();
        for (var route : List.of(
                new Documented("GET", "/keys/{keyId}", Set.of()),
                new Documented("PATCH", "/keys/{keyId}", Set.of()),
                new Documented("DELETE", "/keys/{keyId}", Set.of()),
                new Documented("POST", "/keys/{keyId}/rotation", Set.of()))) {
            var body = JsonMapper.shared().writeValueAsString(EFFECTIVE.getOrDefault(route.toString(), Map.of()));
            assertThat(route.status(developer, OWN.ids(), body))
                    .as(route.toString())
                    .isEqualTo(404);
        }
        var listed = SYSTEM.send("GET", "/api/v1/keys", developer, "");
        assertThat(JsonMapper.shared().readTree(listed.body()).path("data").size())
                .isEqualTo(2);
        assertThat(listed.body()).doesNotContain(OWN.customer().keyId());
    }
}
