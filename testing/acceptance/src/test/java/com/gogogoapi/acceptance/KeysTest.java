package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Accounts and keys can be found again, and a key that leaked can be revoked by what leaked of it. */
@Tag("acceptance")
class KeysTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();

    private final Customer customer = SYSTEM.customer("1.00");

    private static JsonNode get(String path) {
        var answer = SYSTEM.send("GET", "/api/v1/operator" + path, SYSTEM.access("operator_token"), "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** The ids of all pages. */
    private static List<String> paged(String path, String idField, int limit) {
        var ids = new ArrayList<String>();
        var page = get(path + "?limit=" + limit);
        while (true) {
            assertThat(page.path("data").size()).isLessThanOrEqualTo(limit);
            page.path("data").forEach(line -> ids.add(line.path(idField).asString()));
            if (!page.has("next_cursor")) {
                return ids;
            }
            page = get(path + "?limit=" + limit + "&cursor="
                    + page.path("next_cursor").asString());
        }
    }

    private JsonNode issue(String label) {
        return SYSTEM.operator("POST", "/accounts/" + customer.account() + "/keys", Map.of("label", label));
    }

    private static int revoking(Map<String, String> body) {
        return SYSTEM.send(
                        "POST",
                        "/v1/operator/keys/revocations",
                        SYSTEM.access("operator_token"),
                        JsonMapper.shared().writeValueAsString(body))
                .statusCode();
    }

    @Test
    void everyAccountIsListedOnceInTheOrderOfItsOpening() {
        var others = List.of(
                SYSTEM.customer("1.00").account(), SYSTEM.customer("1.00").account());
        var listed = paged("/accounts", "account_id", 2);
        assertThat(listed).doesNotHaveDuplicates().isSorted();
        assertThat(listed).containsSubsequence(customer.account(), others.getFirst(), others.getLast());
        var line = get("/accounts?limit=1000")
                .path("data")
                .valueStream()
                .filter(account -> account.path("account_id").asString().equals(customer.account()))
                .findFirst()
                .orElseThrow();
        assertThat(line.path("name").asString()).isEqualTo("test");
        assertThat(line.path("valid_keys").asInt()).isOne();
        assertThat(line.has("created_at")).isTrue();
    }

    @Test
    void anAccountsKeysAreListedWithoutThemselves() {
        var second = issue("second");
        var path = "/accounts/" + customer.account() + "/keys";
        assertThat(paged(path, "key_id", 1))
                .containsExactly(customer.keyId(), second.path("key_id").asString());
        SYSTEM.operator("DELETE", path + "/" + customer.keyId(), Map.of());

        var keys = get(path);
        assertThat(keys.toString()).doesNotContain("sk-gogogo-");
        assertThat(keys.path("data").get(0).has("revoked_at")).isTrue();
        assertThat(keys.path("data").get(1).has("revoked_at")).isFalse();
        assertThat(keys.path("data").get(1).path("label").asString()).isEqualTo("second");
        assertThat(second.path("api_key").asString())
                .endsWith(keys.path("data").get(1).path("last_four").asString());
    }

    @Test
    void whatCannotBeAPageIsRefused() {
        for (var query : List.of("limit=0", "limit=1001", "limit=x", "limit=-1", "cursor=%20", "cursor=")) {
            for (var path : List.of("/accounts", "/accounts/" + customer.account() + "/keys")) {
                assertThat(SYSTEM.send("GET", "/v1/operator" + path + "?" + query, SYSTEM.access("operator_token"), "")
                                .statusCode())
                        .as(query)
                        .isEqualTo(400);
            }
        }
        assertThat(SYSTEM.send("GET", "/v1/operator/accounts", SYSTEM.access("auditor_token"), "")
                        .statusCode())
                .as("an auditor reads it")
                .isEqualTo(200);
        assertThat(SYSTEM.send("GET", "/v1/operator/accounts", customer.apiKey(), "")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aLeakedKeyIsRevokedByItself() {
        assertThat(revoking(Map.of("api_key", customer.apiKey()))).isEqualTo(200);
        assertThat(SYSTEM.send("GET", "/v1/credits", customer.apiKey(), "").statusCode())
                .isEqualTo(401);
        assertThat(revoking(Map.of("api_key", customer.apiKey()))).as("again").isEqualTo(200);
        assertThat(revoking(Map.of("api_key", "sk-gogogo-unheard-of"))).isEqualTo(404);
    }

    /** Keys are made by chance; those with the same end are found rather than hoped for. */
    @Test
    void itIsRevokedByItsLastFourCharactersUnlessTheyAreSeveralKeys() {
        var lastFour = customer.apiKey().substring(customer.apiKey().length() - 4);
        assertThat(revoking(Map.of("last_four", lastFour))).isEqualTo(200);
        assertThat(SYSTEM.send("GET", "/v1/credits", customer.apiKey(), "").statusCode())
                .isEqualTo(401);
        assertThat(revoking(Map.of("last_four", lastFour))).as("again").isEqualTo(200);
        assertThat(revoking(Map.of("last_four", "abc"))).isEqualTo(400);
        assertThat(revoking(Map.of())).isEqualTo(400);
        assertThat(revoking(Map.of("last_four", lastFour, "api_key", customer.apiKey())))
                .isEqualTo(400);
    }
}
