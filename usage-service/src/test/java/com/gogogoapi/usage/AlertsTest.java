package com.gogogoapi.usage;

import static com.gogogoapi.contracts.money.Usd.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.fixtures.MadeHistory.Made;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alerts, as they arrive: signed, once, again on demand, and no longer where nobody takes them. */
@Tag("integration")
class AlertsTest {

    private static final int SHARD = 9;
    private static final String ACCOUNT = "acct_alerts";
    private static final Duration SOON = Duration.ofSeconds(30);

    private static RunningUsage usage;
    private static GreenMail mails;
    private static HttpServer customer;
    private static long sequence;

    private record Received(String path, HttpHeaders headers, String body) {

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    private static final List<Received> RECEIVED = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        customer = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        customer.createContext("/", AlertsTest::receive);
        customer.start();
        mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        usage = RunningUsage.start(
                Infrastructure.shared().newDatabase("usage_alerts"),
                "--gogogoapi.usage.webhooks.allow-private=true",
                "--gogogoapi.usage.webhooks.retry-after=100ms,200ms",
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + mails.getSmtp().getPort());
    }

    @AfterAll
    static void stop() {
        usage.close();
        mails.stop();
        customer.stop(0);
    }

    private static void receive(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        RECEIVED.add(new Received(path, HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true), body));
        exchange.sendResponseHeaders(path.contains("broken") ? 500 : 204, -1);
        exchange.close();
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + customer.getAddress().getPort() + path;
    }

    private static List<Received> received(String path) {
        return RECEIVED.stream().filter(one -> one.path().equals(path)).toList();
    }

    private static JsonNode send(String method, String path, String body) {
        var answer = usage.send(method, "/internal" + path, Map.of("gogogoapi-account", ACCOUNT), body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static JsonNode webhook(String path, String more) {
        return send("POST", "/webhooks", "{\"url\":\"" + url(path) + "\"" + more + "}");
    }

    /** An event after which so much is left. */
    private static void left(String usd) {
        sequence++;
        var balance = new Balance(usd(usd), Usd.ZERO, 0, Usd.ZERO, usd(usd), null, null);
        RunningUsage.publish(List.of(new Made(
                SHARD,
                sequence,
                new CreditGranted(
                        new AccountId(ACCOUNT),
                        new UUID(SHARD, sequence),
                        usd("0.01"),
                        GrantSource.OPERATOR_GRANT,
                        "reference " + sequence,
                        "test",
                        Instant.parse("2026-06-01T00:00:00Z").plusSeconds(sequence),
                        balance,
                        null,
                        null,
                        null,
                        null,
                        null))));
        usage.awaitSequence(SHARD, sequence);
    }

    @Test
    void lowCreditIsToldOnceUntilThereIsEnoughAgain() throws Exception {
        send("PUT", "/alerts", "{\"low_balance_usd\":\"5.00\",\"email\":\"ann@example.com\"}");
        var endpoint = webhook("/low", "");
        left("10.00");
        left("4.99");
        var low = sequence;
        left("4.50");
        left("5.50");
        left("4.00");
        left("6.00");
        left("1.00");
        await().atMost(SOON).untilAsserted(() -> assertThat(received("/low"))
                .extracting(one -> one.json().path("type").asString())
                .containsExactlyInAnyOrder("credit.low", "credit.recovered", "credit.low"));

        var first = received("/low").stream()
                .filter(one -> one.json().path("data").path("sequence").asLong() == low)
                .findFirst()
                .orElseThrow();
        assertThat(first.json().path("data").path("left_usd").asString()).isEqualTo("4.99");
        new Webhook(endpoint.path("secret").asString()).verify(first.body(), first.headers());

        assertThat(mails.waitForIncomingEmail(SOON.toMillis(), 3)).isTrue();
        assertThat(mails.getReceivedMessages())
                .extracting(mail -> mail.getSubject())
                .contains("Your credit is low");

        // Everything is read anew: nothing is told again.
        usage.rebuild();
        usage.awaitSequence(SHARD, sequence);

        // From a point on it is sent again, under the same name.
        var replayed = send(
                "POST",
                "/webhooks/" + endpoint.path("id").asString() + "/replay",
                "{\"from_sequence\":" + (low + 1) + "}");
        assertThat(replayed.path("replayed").asInt()).isEqualTo(2);
        await().atMost(SOON).untilAsserted(() -> assertThat(received("/low")).hasSize(5));
        assertThat(received("/low").stream()
                        .map(one -> one.headers().firstValue("webhook-id").orElseThrow())
                        .distinct())
                .hasSize(3);
    }

    @Test
    void aTestIsSentToTheOneThatAskedForIt() throws Exception {
        var asked = webhook("/asked", ",\"events\":[\"price.changed\"]");
        webhook("/not-asked", "");
        send("POST", "/webhooks/" + asked.path("id").asString() + "/test", "{}");
        await().atMost(SOON).untilAsserted(() -> assertThat(received("/asked")).hasSize(1));
        assertThat(received("/asked").getFirst().json().path("type").asString()).isEqualTo("test");
        assertThat(received("/not-asked")).isEmpty();
    }

    @Test
    void oneThatFailsIsSwitchedOffForAllToSee() {
        var id = webhook("/broken", "").path("id").asString();
        send("POST", "/webhooks/" + id + "/test", "");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(send("GET", "/webhooks", "").toString())
                        .contains("A webhook was not delivered in 3 attempts; at last it answered 500."));
        assertThat(received("/broken")).hasSize(3);
        assertThat(send("GET", "/webhooks/" + id + "/deliveries", "").toString())
                .contains("\"last_status\":500");
        var off = usage.send("POST", "/internal/webhooks/" + id + "/test", Map.of("gogogoapi-account", ACCOUNT));
        assertThat(off.statusCode()).isEqualTo(422);
        assertThat(send("POST", "/webhooks/" + id + "/enable", "")
                        .path("status")
                        .asString())
                .isEqualTo("on");
        send("POST", "/webhooks/" + id + "/remove", "");
        assertThat(send("GET", "/webhooks", "").toString()).doesNotContain(id);
    }

    @Test
    void whatIsWrongIsSaid() {
        for (var wrong : Map.of(
                        "{\"url\":\"ftp://example.com\"}", "url must be an address",
                        "{\"url\":\"https://me:secret@example.com/\"}", "without a login",
                        "{}", "url must be an address",
                        "{\"url\":\"https://example.com\",\"events\":[]}", "events must be a list",
                        "{\"url\":\"https://example.com\",\"events\":[\"no.such\"]}", "events must be a list",
                        "{\"url\":\"https://example.com\",\"secret\":\"x\"}", "secret must be one of the known fields")
                .entrySet()) {
            var answer = usage.send("POST", "/internal/webhooks", Map.of("gogogoapi-account", ACCOUNT), wrong.getKey());
            assertThat(answer.statusCode()).as(wrong.getKey()).isEqualTo(400);
            assertThat(answer.body()).contains(wrong.getValue());
        }
    }
}
