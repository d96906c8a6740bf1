package com.gogogoapi.auditor;

import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.ServiceTokens;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.evidence.signing.SigningKey;
import com.gogogoapi.ledger.LedgerService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes what a version that is about to be released hands to outsiders: an export of a small log, its checkpoints, a
 * receipt, and the public key. {@code main} with the folder to write, as {@code HistoryWriter} does for events; {@link
 * EarlierEvidenceTest} holds every later build to it.
 */
final class EvidenceWriter {

    private static final String SECRET = "0123456789abcdef".repeat(2);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ROUNDS = 3;
    private static final int CUSTOMERS = 5;
    private static final TokenPrices PRICES =
            new TokenPrices(UsdPerMillion.parse("0.14"), UsdPerMillion.parse("0.0028"), UsdPerMillion.parse("0.28"));

    private final ConfigurableApplicationContext service;

    private EvidenceWriter(ConfigurableApplicationContext service) {
        this.service = service;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var folder = Path.of(arguments[0]);
        var key = SigningKey.generate();
        var database = Infrastructure.shared().newDatabase("released");
        try (var service = LedgerService.application()
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password(),
                        "--gogogoapi.kafka-bootstrap-servers="
                                + Infrastructure.shared().kafkaBootstrapServers(),
                        "--gogogoapi.internal-secret=" + SECRET,
                        "--gogogoapi.shards=2",
                        "--gogogoapi.ledger.signing.key=" + key,
                        "--gogogoapi.ledger.signing.checkpoint-interval=200ms")) {
            var receipt = new EvidenceWriter(service).live();
            var exported = Audited.run(
                    "export",
                    "--jdbc",
                    database.jdbcUrl() + "?user=" + database.username(),
                    "--out",
                    folder.toString());
            System.out.println(exported);
            Files.writeString(folder.resolve("receipt.json"), receipt);
            Files.writeString(
                    folder.resolve("key.pem"),
                    SigningKey.parse(key).verifyingKey().pem());
        }
        System.exit(0);
    }

    /** Some customers with a grant each and some requests, and checkpoints between. */
    private String live() throws IOException, InterruptedException {
        var requests = new java.util.ArrayList<QuoteRequested>();
        for (var round = 0; round < ROUNDS; round++) {
            var number = round;
            // Sent together, so that batches hold several events.
            CompletableFuture.allOf(IntStream.range(0, CUSTOMERS)
                            .mapToObj(EvidenceWriter::account)
                            .flatMap(account -> {
                                var quote = quote(account);
                                requests.add(quote);
                                return java.util.stream.Stream.of(grant(account, number), quote, completed(quote));
                            })
                            .map(intake -> service.getBean(EventPublisher.class).toLedger(intake, null, null))
                            .toArray(CompletableFuture[]::new))
                    .join();
            await().atMost(SOON).until(() -> checkpoints() > number && signedAll((number + 1) * CUSTOMERS * 3));
        }
        return receiptOf(requests.get(CUSTOMERS));
    }

    private long checkpoints() {
        return count("select count(*) from ledger_checkpoint");
    }

    private boolean signedAll(int events) {
        return count("select count(*) from ledger_event") == events
                && count("select coalesce(sum((part->>'last')::bigint), 0) from ledger_checkpoint c,"
                                + " jsonb_array_elements(c.payload::jsonb->'shards') part"
                                + " where number = (select max(number) from ledger_checkpoint)")
                        == events;
    }

    private long count(String sql) {
        return service.getBean(JdbcClient.class).sql(sql).query(Long.class).single();
    }

    private static AccountId account(int number) {
        return new AccountId("acct_released_" + number);
    }

    private static GrantRequested grant(AccountId account, int round) {
        var reference = "round " + round;
        return new GrantRequested(
                account,
                GrantRequested.requestIdOf(account, reference),
                Usd.usd("1.00"),
                GrantSource.OPERATOR_GRANT,
                reference,
                "operator",
                Instant.now(),
                null,
                null,
                null,
                "a released version");
    }

    private static QuoteRequested quote(AccountId account) {
        var request = TimeOrderedIds.next();
        return new QuoteRequested(
                account,
                request,
                "quote-" + request,
                "deepseek-v4-flash",
                "deepseek-v4-flash@2026-04-26T12:15:00Z",
                PRICES,
                1_000,
                500,
                PRICES.uncachedCostOf(1_000, 500),
                Instant.now(),
                Instant.now().plusSeconds(60));
    }

    private static UpstreamCompleted completed(QuoteRequested quote) {
        return new UpstreamCompleted(
                quote.accountId(),
                quote.requestId(),
                Outcome.COMPLETED,
                new TokenUsage(1_000, 200, 123),
                false,
                "up",
                Instant.now());
    }

    private String receiptOf(QuoteRequested request) throws IOException, InterruptedException {
        var port = ((WebServerApplicationContext) service).getWebServer().getPort();
        var token = new ServiceTokens(SECRET, Clock.systemUTC()).issue("test", "ledger-service");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/internal/accounts/"
                                        + request.accountId() + "/requests/" + request.requestId() + "/receipt"))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
