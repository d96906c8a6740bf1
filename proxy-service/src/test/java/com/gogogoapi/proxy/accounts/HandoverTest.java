package com.gogogoapi.proxy.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.proxy.services.ServicesForTests;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tables as version 0.4 left them, on a real PostgreSQL; what is told the account-service is looked at where it arrives. */
@Tag("integration")
class HandoverTest {

    private static final int ACCOUNTS = 700;

    private final List<JsonNode> told = new ArrayList<>();
    private final Database database = Infrastructure.shared().newDatabase("handover");
    private final JdbcClient jdbc = JdbcClient.create(
            new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
    private HttpServer accountService;
    private volatile int status = 200;

    @BeforeEach
    void start() throws IOException {
        migrate("2");
        jdbc.sql("""
                        insert into account (account_id, name, created_at, idempotency_key)
                        select 'acct_' || lpad(n::text, 4, '0'), 'name ' || n, '2026-01-01T00:00:00Z',
                               case when n = 1 then 'demo-account' end
                          from generate_series(1, ?) n""").param(ACCOUNTS).update();
        jdbc.sql("""
                        insert into api_key (key_id, account_id, label, key_hash, last_four, created_at, revoked_at)
                        select replace(account_id, 'acct', 'key'), account_id, 'label', sha256(account_id::bytea), 'abcd',
                               created_at, case when account_id = 'acct_0002' then timestamptz '2026-02-01T00:00:00Z' end
                          from account""").update();
        migrate("latest");
        accountService = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        accountService.createContext("/internal/handover", exchange -> {
            try (exchange) {
                var body = exchange.getRequestBody().readAllBytes();
                if (status == 200) {
                    told.add(JsonMapper.shared().readTree(body));
                }
                var answer = "{}".getBytes(UTF_8);
                exchange.sendResponseHeaders(status, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        accountService.start();
    }

    @AfterEach
    void stop() {
        accountService.stop(0);
    }

    private void migrate(String target) {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/proxy-service")
                .target(target)
                .load()
                .migrate();
    }

    /** What an instance's start does, and whether it is ready for it. */
    private boolean start(int answeredWith) {
        status = answeredWith;
        var handover = new Handover(
                new EarlierRows(jdbc),
                ServicesForTests.withAccountServiceAt(URI.create(
                        "http://127.0.0.1:" + accountService.getAddress().getPort())));
        handover.start();
        handover.stop();
        return handover.health().getStatus().equals(Status.UP);
    }

    private List<JsonNode> all(String what) {
        return told.stream().flatMap(body -> body.path(what).valueStream()).toList();
    }

    @Test
    void everythingIsHandedOverInBatchesAndOnce() {
        assertThat(start(200)).isTrue();
        assertThat(all("accounts")).hasSize(ACCOUNTS);
        assertThat(all("keys")).hasSize(ACCOUNTS);
        assertThat(told)
                .allMatch(
                        body -> body.path("accounts").size() + body.path("keys").size() <= 500);
        assertThat(all("accounts").getFirst().path("idempotency_key").asString())
                .isEqualTo("demo-account");
        assertThat(all("keys").get(1).path("revoked_at").asString()).isEqualTo("2026-02-01T00:00:00Z");
        assertThat(all("keys").getFirst().path("key_hash").asString()).matches("[0-9a-f]{64}");
        assertThat(jdbc.sql("select count(*) from api_key").query(Integer.class).single())
                .as("and stays")
                .isEqualTo(ACCOUNTS);

        told.clear();
        assertThat(start(200)).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void anInstanceIsNotReadyBeforeItIsDoneAndGoesOnWhereItWas() {
        assertThat(start(503)).isFalse();
        assertThat(told).isEmpty();
        assertThat(start(200)).isTrue();
        assertThat(all("keys")).hasSize(ACCOUNTS);
    }

    @Test
    void whatAnInstanceOfThatVersionRevokesOrIssuesAfterwardsIsToldToo() {
        assertThat(start(200)).isTrue();
        told.clear();
        jdbc.sql("update api_key set revoked_at = now() where key_id = 'key_0001'")
                .update();
        jdbc.sql("""
                        insert into api_key (key_id, account_id, label, key_hash, last_four, created_at)
                        values ('key_9999', 'acct_0001', 'late', sha256('late'), 'late', now())""").update();
        assertThat(start(200)).isTrue();
        assertThat(all("keys").stream().map(key -> key.path("key_id").asString()))
                .containsExactly("key_0001", "key_9999");
        assertThat(all("keys").getFirst().has("revoked_at")).isTrue();

        told.clear();
        assertThat(start(200)).isTrue();
        assertThat(told).isEmpty();
    }
}
