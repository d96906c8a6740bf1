package com.gogogoapi.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.access.OperatorSecretText;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Operators by name: shown a secret once, known by its hash, and never the same name twice. */
@Tag("integration")
class OperatorsOnARealDatabaseTest {

    private static final String OPERATORS = "/internal/operators";

    private static Database database;
    private static RunningAccounts accounts;

    @BeforeAll
    static void start() {
        database = Infrastructure.shared().newDatabase("operators");
        accounts = new RunningAccounts(database);
    }

    @AfterAll
    static void stop() {
        accounts.close();
    }

    private static String named(String name) throws Exception {
        return accounts.done("POST", OPERATORS, "{\"name\":\"" + name + "\",\"roles\":[\"treasury\",\"auditor\"]}")
                .path("secret")
                .asString();
    }

    private static int whose(String secret) throws Exception {
        return accounts.send("GET", "/internal/operator-secrets/" + OperatorSecretText.hash(secret), "")
                .statusCode();
    }

    @Test
    void aSecretIsShownOnceAndFoundByItsHash() throws Exception {
        var secret = named("anna");
        assertThat(OperatorSecretText.canBeSecret(secret)).isTrue();
        var whose = accounts.done("GET", "/internal/operator-secrets/" + OperatorSecretText.hash(secret), "");
        assertThat(whose.path("name").asString()).isEqualTo("anna");
        assertThat(whose.path("roles").valueStream().map(JsonNode::asString)).containsExactly("treasury", "auditor");
        assertThat(accounts.send("GET", OPERATORS, "").body()).contains("anna").doesNotContain("op-gogogo-");
        assertThat(whose("op-gogogo-" + "0".repeat(49))).isEqualTo(404);
    }

    @Test
    void anotherSecretEndsTheOneBefore() throws Exception {
        var first = named("ben");
        var second = accounts.done("POST", OPERATORS + "/ben/secret", "")
                .path("secret")
                .asString();
        assertThat(whose(first)).isEqualTo(404);
        assertThat(whose(second)).isEqualTo(200);
    }

    @Test
    void aRevokedOperatorIsNobodyAndTheNameStaysTaken() throws Exception {
        var secret = named("carl");
        accounts.done("PATCH", OPERATORS + "/carl", "{\"roles\":[\"prices\"]}");
        accounts.done("DELETE", OPERATORS + "/carl", "");
        assertThat(whose(secret)).isEqualTo(404);
        assertThat(accounts.done("DELETE", OPERATORS + "/carl", "")
                        .path("status")
                        .asString())
                .as("again")
                .isEqualTo("revoked");
        var again = accounts.send("POST", OPERATORS, "{\"name\":\"carl\",\"roles\":[\"prices\"]}");
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body()).contains("operator_name_taken");
        assertThat(accounts.send("POST", OPERATORS + "/carl/secret", "").body()).contains("operator_revoked");
        assertThat(accounts.send("PATCH", OPERATORS + "/carl", "{\"roles\":[\"prices\"]}")
                        .body())
                .contains("operator_revoked");
    }

    @Test
    void whatIsDoneIsInTheTrailWithWhoAndFromWhere() throws Exception {
        named("dora");
        var trail = accounts.done(
                "GET", "/internal/audit-trail?at=9999-01-01T00:00:00Z&id=" + Long.MAX_VALUE + "&limit=1000", "");
        var row = trail.path("data")
                .valueStream()
                .filter(line -> line.path("subject").asString().equals("dora"))
                .findFirst()
                .orElseThrow();
        assertThat(row.path("action").asString()).isEqualTo("add-operator");
        assertThat(row.path("actor").asString()).isEqualTo("operator");
        assertThat(row.path("address").asString()).isEqualTo("192.0.2.1");
        assertThat(row.toString()).doesNotContain("op-gogogo-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"operator\",\"roles\":[\"prices\"]}",
                "{\"name\":\"auditor\",\"roles\":[\"prices\"]}",
                "{\"name\":\"Eva\",\"roles\":[\"prices\"]}",
                "{\"name\":\"key_0\",\"roles\":[\"prices\"]}",
                "{\"name\":\"eva\",\"roles\":[]}",
                "{\"name\":\"eva\"}",
                "{\"name\":\"eva\",\"roles\":[\"owner\"]}",
                "{\"name\":\"eva\",\"roles\":[\"prices\",\"prices\"]}",
                "{\"name\":\"eva\",\"roles\":[\"PRICES\"]}",
                "{\"name\":\"eva\",\"roles\":[\"prices\"],\"secret\":\"mine\"}"
            })
    void whatCannotBeAnOperatorIsRefused(String body) throws Exception {
        var answer = accounts.send("POST", OPERATORS, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    }
}
