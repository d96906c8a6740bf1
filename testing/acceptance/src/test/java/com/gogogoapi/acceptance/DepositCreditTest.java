package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.ServiceTokens;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.embedded.Database;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.EmbeddedPostgres;
import com.gogogoapi.embedded.Passwords;
import com.gogogoapi.fixtures.Authentic;
import com.gogogoapi.fixtures.OrderKey;
import com.gogogoapi.funding.FundingService;
import com.gogogoapi.ledger.LedgerService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is final is credited by the real ledger: once, by a key that may credit deposits and nothing else, and only by it. */
@Tag("integration")
@Tag("slow")
class DepositCreditTest {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final AccountId ACCOUNT = new AccountId("acct_deposit");
    private static final String CHAIN = "eip155:910900";
    private static final String XPUB =
            "xpub6DyUKdwoLWmUJ4Tn9Bbsdtx7B5Ws18mEN19e5HT52ikE53FiUheSQXrZUNPovqfyKmw4579A1Mm3GXXKM39N64uoo"
                    + "BfJ4tNAzFsEbodRTx4";

    private final OrderKey key = OrderKey.generate();

    @Test
    void aFinalDepositIsCreditedOnceHoweverOftenItIsAskedFor(@TempDir Path folder) throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
                var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, Passwords.ofAllBrokerUsers())) {
            var ledgerDatabase = postgres.database("ledger");
            var fundingDatabase = postgres.database("funding");
            try (var ledger = startLedger(kafka, ledgerDatabase)) {
                try (var stranger = startFunding(kafka, fundingDatabase, ledger, OrderKey.generate())) {
                    put(stranger, "0x" + "11".repeat(32));
                    await().atMost(SOON).untilAsserted(() -> assertThat(ask(ledger, "/actuator/prometheus"))
                            .containsPattern("gogogoapi_ledger_intake_refused_total\\{.*unsigned.*} [1-9]"));
                    assertThat(stateOf(stranger)).isEqualTo("final");
                }
                try (var funding = startFunding(kafka, fundingDatabase, ledger, key)) {
                    again(funding);
                    await().atMost(SOON).until(() -> stateOf(funding).equals("credited"));
                    // As a database that was restored from a backup would.
                    again(funding);
                    await().atMost(SOON).until(() -> stateOf(funding).equals("credited"));
                }
                assertThat(available(ledger)).isEqualTo("7.654321");
                assertThat(grants(ledger)).singleElement().satisfies(grant -> {
                    assertThat(grant.path("type").asString()).contains("CreditGranted");
                    assertThat(grant.path("event").path("source").asString()).isEqualTo("STABLECOIN_DEPOSIT");
                    assertThat(grant.path("event").path("signature").path("key").asString())
                            .isEqualTo(key.id());
                });
            }
            var audited = Audited.run("verify", "--jdbc", ledgerDatabase.urlWithLogin());
            assertThat(audited.exit()).as(audited.output()).isZero();
        }
    }

    private ConfigurableApplicationContext startLedger(EmbeddedKafka kafka, Database database) {
        var settings = settings(database);
        settings.addAll(Authentic.settings(IntakeAuthor.LEDGER_SERVICE));
        settings.add("--gogogoapi.ledger.order-keys.funding.public-key=" + key.publicKey());
        settings.add("--gogogoapi.ledger.order-keys.funding.roles=FUNDING");
        return start(LedgerService.application(), kafka, BrokerUser.LEDGER_SERVICE, settings);
    }

    /** With a chain whose node is away, which keeps nothing from being credited that is final already. */
    private static ConfigurableApplicationContext startFunding(
            EmbeddedKafka kafka, Database database, ConfigurableApplicationContext ledger, OrderKey key) {
        var settings = settings(database);
        settings.addAll(Authentic.settings(IntakeAuthor.FUNDING_SERVICE));
        settings.addAll(List.of(
                "--gogogoapi.funding.extended-public-key=" + XPUB,
                "--gogogoapi.funding.order-key=" + key.privateKey() + "." + key.publicKey(),
                "--gogogoapi.funding.ledger-url=" + url(ledger),
                "--gogogoapi.funding.chains.made.chain-id=" + CHAIN,
                "--gogogoapi.funding.chains.made.rpc-urls=http://127.0.0.1:1",
                "--gogogoapi.funding.chains.made.tokens.USDC.contract=0x" + "22".repeat(20),
                "--gogogoapi.funding.chains.made.tokens.USDC.decimals=6"));
        return start(FundingService.application(), kafka, BrokerUser.FUNDING_SERVICE, settings);
    }

    private static List<String> settings(Database database) {
        return new ArrayList<>(List.of(
                "--server.port=0",
                "--gogogoapi.internal-secret=" + ServiceProcess.SECRET,
                "--gogogoapi.shards=1",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password()));
    }

    private static ConfigurableApplicationContext start(
            SpringApplicationBuilder service, EmbeddedKafka kafka, BrokerUser user, List<String> settings) {
        return service.registerShutdownHook(false)
                .run(kafka.as(user).serviceArguments(settings.toArray(String[]::new)));
    }

    /** A deposit as the chain's watcher leaves it. */
    private static void put(ConfigurableApplicationContext funding, String transaction) {
        funding.getBean(JdbcClient.class)
                .sql("""
            insert into deposit (deposit_id, chain_id, transaction_hash, log_index, account_id, address, sender, contract, symbol,
                                 decimals, amount, amount_usd, state, height, block_hash, block_time, seen_at, final_at, next_at)
            values (?, ?, ?, 3, ?, ?, ?, ?, 'USDC', 6, 7654321, 7.654321, 'final', 9, ?, now(), now(), now(), now())
            """)
                .params(
                        TimeOrderedIds.next(),
                        CHAIN,
                        transaction,
                        ACCOUNT.value(),
                        "0x" + "33".repeat(20),
                        "0x" + "44".repeat(20),
                        "0x" + "22".repeat(20),
                        "0x" + "55".repeat(32))
                .update();
    }

    private static void again(ConfigurableApplicationContext funding) {
        funding.getBean(JdbcClient.class)
                .sql("update deposit set state = 'final', asked_at = null, credited_at = null, next_at = now()")
                .update();
    }

    private static String stateOf(ConfigurableApplicationContext funding) {
        return funding.getBean(JdbcClient.class)
                .sql("select state from deposit")
                .query(String.class)
                .single();
    }

    private static String available(ConfigurableApplicationContext ledger) throws Exception {
        return JsonMapper.shared()
                .readTree(ask(ledger, "/internal/accounts/" + ACCOUNT + "/balance"))
                .path("available_usd")
                .asString();
    }

    /** What the ledger decided under the deposit's name. */
    private static List<JsonNode> grants(ConfigurableApplicationContext ledger) throws Exception {
        var reference = CHAIN + "/0x" + "11".repeat(32) + "/3";
        UUID request = GrantRequested.requestIdOf(ACCOUNT, reference);
        var events = new ArrayList<JsonNode>();
        JsonMapper.shared()
                .readTree(ask(ledger, "/internal/accounts/" + ACCOUNT + "/requests/" + request))
                .path("data")
                .forEach(events::add);
        return events;
    }

    private static String ask(ConfigurableApplicationContext ledger, String path) throws Exception {
        var token = new ServiceTokens(ServiceProcess.SECRET, Clock.systemUTC()).issue("test", "ledger-service");
        var request = HttpRequest.newBuilder(URI.create(url(ledger) + path))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String url(ConfigurableApplicationContext service) {
        return "http://127.0.0.1:"
                + ((WebServerApplicationContext) service).getWebServer().getPort();
    }
}
