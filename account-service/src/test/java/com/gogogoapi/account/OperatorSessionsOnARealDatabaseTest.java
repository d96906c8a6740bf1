package com.gogogoapi.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.access.CheckedText;
import com.gogogoapi.contracts.access.OperatorSecretText;
import com.gogogoapi.embedded.Infrastructure;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** An operator's session is good for as long as the secret is that it was begun with, and no longer than it is used. */
@Tag("integration")
class OperatorSessionsOnARealDatabaseTest {

    private static final String SESSIONS = "/internal/operator-sessions";
    private static final String PROOF = "ab".repeat(32);

    private static RunningAccounts accounts;

    @BeforeAll
    static void start() {
        accounts = new RunningAccounts(Infrastructure.shared().newDatabase("operator_sessions"));
    }

    @AfterAll
    static void stop() {
        accounts.close();
    }

    private record Named(String name, String secret) {

        static Named create() throws Exception {
            var name = "o-" + UUID.randomUUID();
            var body = "{\"name\":\"" + name + "\",\"roles\":[\"support\"]}";
            return new Named(
                    name,
                    accounts.done("POST", "/internal/operators", body)
                            .path("secret")
                            .asString());
        }

        String path() {
            return "/internal/operators/" + name;
        }
    }

    private static String hash(String token) {
        return HexFormat.of().formatHex(CheckedText.sha256(token));
    }

    private static int begin(RunningAccounts at, String token, String operator, Map<String, String> credential)
            throws Exception {
        var body = new LinkedHashMap<>(credential);
        body.put("token_hash", hash(token));
        body.put("operator", operator);
        return at.send("POST", SESSIONS, JsonMapper.shared().writeValueAsString(body))
                .statusCode();
    }

    private static Map<String, String> secretOf(Named operator) {
        return Map.of("secret_hash", OperatorSecretText.hash(operator.secret()));
    }

    private static int use(RunningAccounts at, String token) throws Exception {
        return at.send("POST", SESSIONS + "/use", "{\"token_hash\":\"" + hash(token) + "\"}")
                .statusCode();
    }

    @Test
    void rolesAreThoseOfNow() throws Exception {
        var anna = Named.create();
        assertThat(begin(accounts, "anna's", anna.name(), secretOf(anna))).isEqualTo(200);
        accounts.done("PATCH", anna.path(), "{\"roles\":[\"prices\",\"auditor\"]}");
        var used = accounts.done("POST", SESSIONS + "/use", "{\"token_hash\":\"" + hash("anna's") + "\"}");
        assertThat(used.path("operator").asString()).isEqualTo(anna.name());
        assertThat(used.path("roles").toString()).isEqualTo("[\"prices\",\"auditor\"]");
        assertThat(used.has("proof")).isFalse();
    }

    @Test
    void anotherSecretAndARevocationEndIt() throws Exception {
        var ben = Named.create();
        assertThat(begin(accounts, "ben's", ben.name(), secretOf(ben))).isEqualTo(200);
        accounts.done("POST", ben.path() + "/secret", "{}");
        assertThat(use(accounts, "ben's")).isEqualTo(403);
        assertThat(begin(accounts, "ben's again", ben.name(), secretOf(ben)))
                .as("with the secret of before")
                .isEqualTo(403);

        var carl = Named.create();
        assertThat(begin(accounts, "carl's", carl.name(), secretOf(carl))).isEqualTo(200);
        assertThat(use(accounts, "carl's")).isEqualTo(200);
        accounts.done("DELETE", carl.path(), "");
        assertThat(use(accounts, "carl's")).isEqualTo(403);
    }

    @Test
    void aSecretIsItsOperatorsAlone() throws Exception {
        var dora = Named.create();
        var emil = Named.create();
        assertThat(begin(accounts, "mixed", emil.name(), secretOf(dora))).isEqualTo(403);
        assertThat(begin(accounts, "mixed", emil.name(), Map.of())).isEqualTo(400);
        assertThat(use(accounts, "mixed")).isEqualTo(403);
    }

    /** Of whom only the proxy knows, only the proxy can tell; nothing of his secret is here. */
    @Test
    void aProofIsHandedBack() throws Exception {
        assertThat(begin(accounts, "the installation's", "operator", Map.of("proof", PROOF)))
                .isEqualTo(200);
        var used = accounts.done("POST", SESSIONS + "/use", "{\"token_hash\":\"" + hash("the installation's") + "\"}");
        assertThat(used.path("proof").asString()).isEqualTo(PROOF);
        assertThat(used.has("roles")).isFalse();
        accounts.done("POST", SESSIONS + "/end", "{\"token_hash\":\"" + hash("the installation's") + "\"}");
        assertThat(use(accounts, "the installation's")).isEqualTo(403);
        accounts.done("POST", SESSIONS + "/end", "{\"token_hash\":\"" + hash("the installation's") + "\"}");
    }

    @Test
    void anOperatorHasTenAtMost() throws Exception {
        var fred = Named.create();
        for (var i = 0; i < 11; i++) {
            assertThat(begin(accounts, "fred's " + i, fred.name(), secretOf(fred)))
                    .isEqualTo(200);
        }
        assertThat(use(accounts, "fred's 0")).isEqualTo(403);
        assertThat(use(accounts, "fred's 10")).isEqualTo(200);
    }

    @Test
    void whatIsNotUsedEnds() throws Exception {
        try (var impatient = new RunningAccounts(
                Infrastructure.shared().newDatabase("operator_sessions_idle"),
                "--gogogoapi.account.operator-sessions.idle-for=1s")) {
            assertThat(begin(impatient, "idle", "operator", Map.of("proof", PROOF)))
                    .isEqualTo(200);
            await().pollInterval(Duration.ofMillis(200))
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(impatient
                                    .send("POST", SESSIONS + "/use", "{\"token_hash\":\"" + hash("idle") + "\"}")
                                    .statusCode())
                            .isEqualTo(403));
        }
    }

    @Test
    void signingInAndOutStandInTheTrail() throws Exception {
        var gil = Named.create();
        assertThat(begin(accounts, "gil's", gil.name(), secretOf(gil))).isEqualTo(200);
        accounts.done("POST", SESSIONS + "/end", "{\"token_hash\":\"" + hash("gil's") + "\"}");
        var trail = accounts.done("GET", "/internal/audit-trail?at=2999-01-01T00:00:00Z&id=0&limit=50", "")
                .path("data");
        assertThat(trail.valueStream()
                        .filter(row -> row.path("subject").asString().equals(gil.name()))
                        .map(row -> row.path("action").asString()))
                .containsExactly("operator-sign-out", "operator-sign-in", "add-operator");
    }
}
