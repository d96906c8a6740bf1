package com.gogogoapi.acceptance;

import static com.gogogoapi.acceptance.Customer.chat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an auditor and a customer can prove of a running installation, and what neither can do. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("acceptance")
class AuditTest {

    private static RunningSystem system;
    private static Customer customer;

    @BeforeAll
    static void start() throws IOException {
        system = RunningSystem.startWith(
                "gogogoapi.ledger.signing.checkpoint-interval=1s",
                // Tokens that are not the operator's are tried on every route.
                "gogogoapi.proxy.operator.failures-per-minute=10000");
        customer = system.customer("1.00");
        for (var i = 0; i < 3; i++) {
            assertThat(customer.complete(chat("Summarize this.", 32, false)).statusCode())
                    .isEqualTo(200);
        }
        customer.booksAtRest();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    private static HttpResponse<String> asAuditor(String method, String path, Object body) {
        return system.send(
                method,
                "/api/v1" + path,
                system.access("auditor_token"),
                JsonMapper.shared().writeValueAsString(body));
    }

    private static JsonNode read(String path) {
        var answer = asAuditor("GET", path, Map.of());
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String key() {
        return system.data().resolve("ledger-signing-key.pub").toString();
    }

    @Test
    void anAuditorReadsEverythingAndChangesNothing() {
        var account = "/operator/accounts/" + customer.account();
        assertThat(read(account).path("granted_usd").asString()).isEqualTo("1.00");
        assertThat(read(account + "/statement").path("data").size()).isEqualTo(7);
        assertThat(read(account + "/state").path("state_hash").asString()).hasSize(64);
        assertThat(read("/operator/ledger/trial-balance").path("balanced").asBoolean())
                .isTrue();
        assertThat(read("/operator/ledger/checkpoints").path("data").isArray()).isTrue();

        for (var write : List.of(
                "/operator/accounts",
                account + "/grants",
                account + "/keys",
                "/operator/routes/deepseek-v4-flash/prices")) {
            assertThat(asAuditor("POST", write, Map.of("name", "x", "amount_usd", "1", "reference", "x", "label", "x"))
                            .statusCode())
                    .as(write)
                    .isEqualTo(403);
        }
        assertThat(asAuditor("DELETE", account + "/keys/" + customer.keyId(), Map.of())
                        .statusCode())
                .isEqualTo(403);
        assertThat(asAuditor("POST", "/chat/completions", Map.of("model", "deepseek-v4-flash"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(read(account).path("granted_usd").asString()).isEqualTo("1.00");
    }

    @Test
    void aCustomerReadsTheirOwnReceiptsAndStatementOnly() {
        var other = system.customer("1.00");
        var request = customer.lastLine().path("request_id").asString();
        assertThat(system.send("GET", "/v1/requests/" + request + "/receipt", customer.apiKey(), "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(system.send("GET", "/v1/requests/" + request + "/receipt", other.apiKey(), "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(system.send("GET", "/v1/requests/" + request + "/receipt", "", "")
                        .statusCode())
                .isEqualTo(401);
        for (var path : List.of(
                "/accounts/" + other.account(),
                "/accounts/" + customer.account() + "/statement",
                "/accounts/" + customer.account() + "/state",
                "/accounts/" + customer.account() + "/requests/" + request + "/receipt",
                "/ledger/trial-balance",
                "/ledger/checkpoints")) {
            assertThat(system.send("GET", "/api/v1/operator" + path, customer.apiKey(), "")
                            .statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
    }

    @Test
    void aCorrectionIsAnEventOfItsOwnThatNamesWhatItCorrectsWhoAndWhy() throws Exception {
        var other = system.customer("1.00");
        assertThat(other.complete(chat("Summarize this.", 32, false)).statusCode())
                .isEqualTo(200);
        other.booksAtRest();
        var charge = other.lastLine();
        var wrong = lastChargeOf(other);
        var body = Map.of(
                "amount_usd", charge.path("amount_usd").asString(),
                "corrects", wrong,
                "reason", "charged for an answer that was cut off",
                "corrected_by", "j.doe",
                "reference", "ticket 17");
        var path = "/accounts/" + other.account() + "/corrections";
        assertThat(system.operator("POST", path, body).path("available_usd").asString())
                .isEqualTo("1.00");
        assertThat(system.operator("POST", path, body).path("available_usd").asString())
                .as("the same reference again")
                .isEqualTo("1.00");
        assertThat(other.lastLine().path("rule").asString()).isEqualTo("CORRECTION");
        assertThat(asAuditor("POST", "/operator" + path, body).statusCode()).isEqualTo(403);
        for (var noneOfTheirs : List.of(UUID.randomUUID().toString(), lastChargeOf(customer))) {
            var unfounded = new HashMap<>(body);
            unfounded.put("corrects", noneOfTheirs);
            unfounded.put("reference", "ticket of " + noneOfTheirs);
            var refused = system.send(
                    "POST",
                    "/api/v1/operator" + path,
                    system.access("operator_token"),
                    JsonMapper.shared().writeValueAsString(unfounded));
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        }
        // What was corrected is there as before, and the books hold.
        assertThat(other.statement().get(1)).isEqualTo(charge);
        assertThat(read("/operator/ledger/trial-balance")
                        .path("lines_usd")
                        .path("expenses:corrections")
                        .asString())
                .isEqualTo(charge.path("amount_usd").asString());
        assertThat(Audited.run("verify", "--data", system.data().toString()).exit())
                .isZero();
    }

    /** The event id of the charge that a customer's statement begins with, as its receipt states it. */
    private String lastChargeOf(Customer charged) {
        var request = charged.lastLine().path("request_id").asString();
        var receipt = system.send("GET", "/v1/requests/" + request + "/receipt", charged.apiKey(), "");
        return JsonMapper.shared()
                .readTree(receipt.body())
                .path("events")
                .get(1)
                .path("event")
                .path("event_id")
                .asString();
    }

    @Test
    void aReceiptIsProvenWithThePublicKeyAlone() throws Exception {
        var request = customer.lastLine().path("request_id").asString();
        var receipt = Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(
                        () -> system.send("GET", "/v1/requests/" + request + "/receipt", customer.apiKey(), "")
                                .body(),
                        body -> body.contains("\"complete\":true"));
        var file = Files.createTempFile("receipt-", ".json");
        Files.writeString(file, receipt);
        var published = JsonMapper.shared()
                .readTree(system.send("GET", "/v1/ledger/keys", "", "").body())
                .path("data")
                .path(0)
                .path("public_key_pem")
                .asString();
        var keyFile = Files.createTempFile("key-", ".pem");
        Files.writeString(keyFile, published);

        var audited = Audited.run("receipt", "verify", file.toString(), "--key", keyFile.toString());
        assertThat(audited.exit()).as(audited.output()).isZero();

        // A cent less in the receipt, a cent less in the event behind it, another place in the tree.
        for (var forged : List.of(
                receipt.replace("\\\"heldUsd\\\":\\\"0.", "\\\"heldUsd\\\":\\\"1."),
                receipt.replace("\\\"completionTokens\\\":", "\\\"completionTokens\\\":1"),
                receipt.replaceFirst("\"sequence\":", "\"sequence\":1"))) {
            assertThat(forged).isNotEqualTo(receipt);
            Files.writeString(file, forged);
            assertThat(Audited.run("receipt", "verify", file.toString(), "--key", keyFile.toString())
                            .exit())
                    .isEqualTo(1);
        }

        // The same, as it was before a checkpoint covered it: nothing is wrong, and it cannot be told yet.
        Files.writeString(file, tooYoung(receipt));
        var young = Audited.run("receipt", "verify", file.toString(), "--key", keyFile.toString());
        assertThat(young.exit()).as(young.output()).isEqualTo(2);
        assertThat(young.output()).contains("UNPROVEN");
        Files.writeString(file, tooYoung(receipt.replace("\\\"heldUsd\\\":\\\"0.", "\\\"heldUsd\\\":\\\"1.")));
        assertThat(Audited.run("receipt", "verify", file.toString(), "--key", keyFile.toString())
                        .exit())
                .isEqualTo(1);
    }

    private static String tooYoung(String receipt) {
        var json = (ObjectNode) JsonMapper.shared().readTree(receipt);
        json.put("complete", false);
        json.putArray("checkpoints");
        json.path("events").forEach(event -> ((ObjectNode) event).remove("inclusion"));
        return json.toString();
    }

    @Test
    void thePastIsWhatTheApiAnsweredThen() throws Exception {
        record Then(Instant at, long sequence, String balance, String statement) {}
        var moments = new ArrayList<Then>();
        for (var i = 0; i < 3; i++) {
            assertThat(customer.complete(chat("Summarize this.", 32, false)).statusCode())
                    .isEqualTo(200);
            var books = customer.booksAtRest();
            var sequence = customer.lastLine().path("sequence").asLong();
            moments.add(new Then(Instant.now(), sequence, books.available().toPlainString(), csv("")));
            var recorded = moments.getLast().at();
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> Instant.now()
                    .isAfter(recorded.plusMillis(20)));
        }
        for (var then : moments) {
            assertThat(csv("?at=" + then.at())).isEqualTo(then.statement());
            assertThat(csv("?seq=" + then.sequence())).isEqualTo(then.statement());
            var state = read("/operator/accounts/" + customer.account() + "/state?at=" + then.at());
            assertThat(new BigDecimal(state.path("available_usd").asString())).isEqualByComparingTo(then.balance());
            assertThat(state.path("sequence").asLong()).isEqualTo(then.sequence());
        }
        // The command line comes to the same from the log, without the ledger.
        var then = moments.getFirst();
        var data = system.data().toString();
        assertThat(Audited.run(
                                "statement",
                                customer.account(),
                                "--at",
                                then.at().toString(),
                                "--data",
                                data)
                        .output())
                .isEqualTo(then.statement());
        var state = read("/operator/accounts/" + customer.account() + "/state?seq=" + then.sequence());
        assertThat(Audited.run("state", customer.account(), "--seq", Long.toString(then.sequence()), "--data", data)
                        .output())
                .isEqualTo(state.path("state").asString() + "sha256 "
                        + state.path("state_hash").asString() + "\n");
    }

    /** At an hour's own price, and at that price still, by a quote, when it is the price no more. */
    @Test
    void whatIsSoldInAWindowAndByAnOlderQuoteIsVerified() throws Exception {
        var other = system.customer("1.00");
        var route = new TestRoute(system, "peak-" + other.account());
        var atAllHours = Map.of(
                "name", "peak",
                "days", List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
                "from", "00:00",
                "to", "00:00",
                "on_holidays", "as_usual",
                "input_usd_per_million", "2",
                "cached_input_usd_per_million", "1",
                "output_usd_per_million", "4");
        var first = system.operator(
                        "POST",
                        "/routes/" + route.model() + "/prices",
                        Map.of(
                                "input_usd_per_million",
                                "1",
                                "cached_input_usd_per_million",
                                "0.5",
                                "output_usd_per_million",
                                "2",
                                "schedule",
                                Map.of("zone", "Asia/Shanghai", "windows", List.of(atAllHours)),
                                "source",
                                Map.of("url", "https://example.com", "retrieved_at", "2026-11-23T00:00:00Z"),
                                "limits",
                                TestRoute.LIMITS))
                .path("price_version")
                .asString();
        route.awaitQuotedAt(other, first);
        var body = route.body("Say it.", Map.of("max_tokens", 100));
        assertThat(other.complete(body).statusCode()).isEqualTo(200);
        var quote = other.quote(body).path("quote_id").asString();

        var second = route.publish(new TestRoute.Prices("3", "2", "5"), null);
        route.awaitQuotedAt(other, second);
        assertThat(other.complete(route.body("Say it.", Map.of("max_tokens", 100, "quote_id", quote)))
                        .statusCode())
                .isEqualTo(200);
        other.booksAtRest();

        assertThat(other.lastLine().path("price_version").asString()).isEqualTo(first);
        var atPeak = new TestRoute.Prices("2", "1", "4");
        assertThat(new BigDecimal(other.lastLine().path("amount_usd").asString()))
                .isEqualByComparingTo(atPeak.costOf(other.lastLine()));
        var audited = Audited.run("verify", "--data", system.data().toString());
        assertThat(audited.exit()).as(audited.output()).isZero();
    }

    private static String csv(String query) throws IOException, InterruptedException {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(system.url("/api/v1/ledger" + query)))
                                .header("Authorization", "Bearer " + customer.apiKey())
                                .header("Accept", "text/csv")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** Last, since it stops the installation: the same verification, on the data alone. */
    @Test
    @Order(Integer.MAX_VALUE)
    void theStoppedInstallationIsVerifiedFromItsFolder() throws Exception {
        assertThat(customer.complete(chat("Summarize this.", 32, false)).statusCode())
                .isEqualTo(200);
        customer.booksAtRest();
        var running = Audited.run("verify", "--data", system.data().toString());
        system.stop();
        var stopped = Audited.run("verify", "--data", system.data().toString());
        assertThat(stopped.exit()).as(stopped.output()).isZero();
        assertThat(states(stopped)).isEqualTo(states(running)).hasSize(16);
    }

    private static String states(Audited audited) {
        return audited.output().strip().replaceAll("(?s).*states ([0-9a-f]+).*", "$1");
    }

    @Test
    void theRunningInstallationIsVerifiedFromItsFolder() throws Exception {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> Files.exists(system.data().resolve("checkpoints.jsonl")));
        var kept = Files.createTempFile("checkpoints-", ".jsonl");
        Files.copy(system.data().resolve("checkpoints.jsonl"), kept, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(Files.size(kept)).isPositive();
        var audited = Audited.run(
                "verify", "--data", system.data().toString(), "--key", key(), "--checkpoint", kept.toString());
        assertThat(audited.exit()).as(audited.output()).isZero();
        assertThat(audited.output()).startsWith("OK: ");
    }
}
