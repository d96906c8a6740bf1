package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a key may do, and how its owner decides that without an operator. */
@Tag("acceptance")
class KeyLimitsTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Customer customer = SYSTEM.customer("1.00");

    private JsonNode issue(Map<String, Object> body) {
        var answer = SYSTEM.send(
                "POST",
                "/v1/operator/accounts/" + customer.account() + "/keys",
                SYSTEM.access("operator_token"),
                JsonMapper.shared().writeValueAsString(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String text(JsonNode key) {
        return key.path("api_key").asString();
    }

    private static int credits(String key) {
        return SYSTEM.send("GET", "/v1/credits", key, "").statusCode();
    }

    private static void awaitCredits(String key, int status) {
        await().atMost(SOON).until(() -> credits(key) == status);
    }

    @Test
    void aKeyCallsOnlyTheRoutesThatItAllows() {
        var key = text(issue(Map.of("label", "x", "allowed_routes", List.of("deepseek-v4-pro"))));
        var refused = SYSTEM.send("POST", "/v1/chat/completions", key, Customer.chat("Hello", 5, false));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("model_not_allowed", "deepseek-v4-pro");
        assertThat(customer.books().openHolds()).isZero();
        var quote = SYSTEM.send("POST", "/v1/quote", key, Customer.chat("Hello", 5, false));
        assertThat(quote.statusCode()).as("a quote that could not be executed").isEqualTo(403);
        assertThat(quote.body()).contains("model_not_allowed", "deepseek-v4-pro");

        var allowed = text(issue(Map.of("label", "x", "allowed_routes", List.of("deepseek-v4-flash"))));
        assertThat(SYSTEM.send("POST", "/v1/chat/completions", allowed, Customer.chat("Hello", 5, false))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aKeyIsUsedOnlyFromWhereItMayBe() {
        var elsewhere = text(issue(Map.of("label", "x", "allowed_addresses", List.of("192.0.2.0/24"))));
        var refused = SYSTEM.send("GET", "/v1/credits", elsewhere, "");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("address_not_allowed");
        var here = text(issue(Map.of("label", "x", "allowed_addresses", List.of("127.0.0.0/8", "::1"))));
        assertThat(credits(here)).isEqualTo(200);
    }

    @Test
    void aMistypedKeyIsToldFromAnUnknownOne() {
        var key = customer.apiKey();
        var last = key.charAt(key.length() - 1);
        var mistyped =
                SYSTEM.send("GET", "/v1/credits", key.substring(0, key.length() - 1) + (last == 'a' ? 'b' : 'a'), "");
        assertThat(mistyped.statusCode()).isEqualTo(401);
        assertThat(mistyped.body()).contains("invalid_api_key", "mistyped or incomplete");
        var unknown = SYSTEM.send("GET", "/v1/credits", "sk-gogogo-" + "A".repeat(43), "");
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).contains("invalid_api_key", "unknown");
    }

    @Test
    void aDisabledKeyStopsAndGoesOnWhenItIsEnabled() {
        var path = "/accounts/" + customer.account() + "/keys/" + customer.keyId();
        assertThat(patch(path, "{\"disabled\":true}").path("status").asString()).isEqualTo("disabled");
        awaitCredits(customer.apiKey(), 401);
        assertThat(patch(path, "{\"disabled\":false}").path("status").asString())
                .isEqualTo("active");
        awaitCredits(customer.apiKey(), 200);
    }

    private static JsonNode patch(String path, String body) {
        var answer = SYSTEM.send("PATCH", "/v1/operator" + path, SYSTEM.access("operator_token"), body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    @Test
    void aCustomerManagesItsKeysByItself() {
        var manager = text(issue(Map.of("label", "manager", "purpose", "management")));
        var made = SYSTEM.send("POST", "/api/v1/keys", manager, """
            {"label":"made by the customer","budgets":[{"window":"day","limit_usd":"0.50"}],"tags":["team:a"]}\
            """);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        var key = JsonMapper.shared().readTree(made.body());
        assertThat(credits(text(key))).as("works at once").isEqualTo(200);

        var own = SYSTEM.send("GET", "/api/v1/key", text(key), "");
        assertThat(own.body())
                .contains("\"limit_usd\":\"0.50\"", "made by the customer")
                .doesNotContain(text(key));
        var path = "/api/v1/keys/" + key.path("key_id").asString();
        assertThat(SYSTEM.send("GET", "/api/v1/keys?search=team:a", manager, "").body())
                .contains(key.path("key_id").asString())
                .doesNotContain(customer.keyId());

        var rotated = JsonMapper.shared()
                .readTree(SYSTEM.send("POST", path + "/rotation", manager, "{\"overlap_seconds\":60}")
                        .body());
        assertThat(credits(text(rotated))).isEqualTo(200);
        assertThat(credits(text(key))).as("goes on beside it").isEqualTo(200);
        assertThat(SYSTEM.send("DELETE", path, manager, "").statusCode()).isEqualTo(200);
        awaitCredits(text(key), 401);
    }

    @Test
    void whoManagesKeysCallsNoModelsAndTheOtherWayRound() {
        var manager = text(issue(Map.of("label", "manager", "purpose", "management")));
        var refused = SYSTEM.send("POST", "/v1/chat/completions", manager, Customer.chat("Hello", 5, false));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("wrong_key_purpose");
        assertThat(SYSTEM.send("GET", "/v1/keys", customer.apiKey(), "").statusCode())
                .isEqualTo(403);

        var stranger = SYSTEM.customer("1.00");
        for (var method : List.of("GET", "PATCH", "DELETE")) {
            assertThat(SYSTEM.send(method, "/v1/keys/" + stranger.keyId(), manager, "{\"label\":\"mine\"}")
                            .statusCode())
                    .as("another account's key")
                    .isEqualTo(404);
        }
        assertThat(credits(stranger.apiKey())).isEqualTo(200);
    }
}
