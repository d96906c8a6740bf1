package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.access.ApiKeyText;
import com.gogogoapi.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A data folder with the proxy's database as version 0.4 left it: its accounts and keys go on. */
@Tag("acceptance")
@Tag("long")
class EarlierKeysTest {

    private static final String PASSWORD = "made-by-version-0-4-and-kept-since-then";
    private static final String VALID = "sk-gogogo-" + "aB3_-".repeat(8) + "xyz";
    private static final String REVOKED = "sk-gogogo-" + "aB3_-".repeat(8) + "abc";

    @TempDir
    private Path folder;

    @Test
    void accountsAndKeysOfVersion04GoOn() throws Exception {
        var data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(
                data.resolve("secrets.json"),
                JsonMapper.shared().writeValueAsString(Map.of("postgres_password_proxy", PASSWORD)));
        try (var postgres = EmbeddedPostgres.start(data.resolve("postgres"), 0)) {
            var database = postgres.database("proxy", PASSWORD);
            Flyway.configure()
                    .dataSource(database.jdbcUrl(), database.username(), database.password())
                    .locations("classpath:db/proxy-service")
                    .target("2")
                    .load()
                    .migrate();
            try (var connection =
                            DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                    var account = connection.createStatement();
                    var key = connection.prepareStatement(
                            "insert into api_key (key_id, account_id, label, key_hash, last_four, created_at, revoked_at)"
                                    + " values (?, 'acct_of_0_4', 'of 0.4', ?, ?, now(), case when ? then now() end)")) {
                account.execute("insert into account values ('acct_of_0_4', 'a customer since 0.4', now(), 'its-key')");
                for (var text : new String[] {VALID, REVOKED}) {
                    key.setString(1, "key_01a20846fe00700080000000000000" + (text.equals(VALID) ? "01" : "02"));
                    key.setBytes(2, ApiKeyText.sha256(text));
                    key.setString(3, text.substring(text.length() - 4));
                    key.setBoolean(4, text.equals(REVOKED));
                    key.execute();
                }
            }
        }
        try (var system = RunningSystem.on(data)) {
            for (var start = 0; start < 2; start++) {
                assertThat(system.send("GET", "/v1/credits", VALID, "").statusCode())
                        .isEqualTo(200);
                var revoked = system.send("GET", "/v1/credits", REVOKED, "");
                assertThat(revoked.statusCode()).isEqualTo(401);
                assertThat(revoked.body()).contains("revoked");
                assertThat(system.operator("GET", "/accounts/acct_of_0_4/keys", Map.of())
                                .path("data"))
                        .hasSize(2);
                if (start == 0) {
                    system.stop();
                    system.start();
                }
            }
            assertThat(system.operator(
                                    "POST",
                                    "/accounts/acct_of_0_4/grants",
                                    Map.of("amount_usd", "1.00", "reference", "after the upgrade"))
                            .path("available_usd")
                            .asString())
                    .isEqualTo("1.00");
            assertThat(system.send("POST", "/v1/chat/completions", VALID, Customer.chat("Hello", 5, false))
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
