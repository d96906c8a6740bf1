package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A customer sets a webhook by the public door, and is told what its requests bring about. */
@Tag("acceptance")
class WebhooksTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final String BODY = Customer.chat("Hello [[sim: tokens=50]]", 50, false);
    private static final int REQUESTS = 10;

    private record Received(HttpHeaders headers, String body) {

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    private static final List<Received> RECEIVED = new CopyOnWriteArrayList<>();
    private static HttpServer server;

    private final Customer customer = SYSTEM.customer("1.00");

    @BeforeAll
    static void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", WebhooksTest::receive);
        server.start();
    }

    private static void receive(HttpExchange exchange) throws IOException {
        RECEIVED.add(new Received(
                HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private JsonNode send(String method, String path, String body) {
        var answer = SYSTEM.send(method, "/api/v1" + path, customer.apiKey(), body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    @Test
    void aBudgetThatIsUsedUpIsToldWithTheEventOfTheLedgerThatUsedIt() throws Exception {
        var most = Customer.amount(customer.quote(BODY), "max_cost_usd");
        var limit = most.multiply(BigDecimal.valueOf(REQUESTS)).toPlainString();
        var key = SYSTEM.operator(
                        "POST",
                        "/accounts/" + customer.account() + "/keys",
                        Map.of("label", "webhooks", "budgets", List.of(Map.of("window", "day", "limit_usd", limit))))
                .path("api_key")
                .asString();
        var webhook = send(
                "POST",
                "/webhooks",
                "{\"url\":\"http://127.0.0.1:" + server.getAddress().getPort() + "/\"}");

        var sequences = new HashSet<Long>();
        var status = 200;
        while (status == 200) {
            var answer = SYSTEM.send("POST", "/v1/chat/completions", key, BODY);
            status = answer.statusCode();
            if (status == 200) {
                sequences.add(sequenceOfCharge(
                        answer.headers().firstValue("x-request-id").orElseThrow()));
            }
        }
        assertThat(status).isEqualTo(403);
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(RECEIVED)
                .extracting(one -> one.json().path("type").asString())
                .containsExactlyInAnyOrder("budget.warning", "budget.exhausted"));
        for (var one : RECEIVED) {
            new Webhook(webhook.path("secret").asString()).verify(one.body(), one.headers());
            assertThat(OpenApi.faultsOf("Alert", one.json())).as(one.body()).isEmpty();
            var data = one.json().path("data");
            assertThat(data.path("account_id").asString()).isEqualTo(customer.account());
            assertThat(new BigDecimal(data.path("limit_usd").asString())).isEqualByComparingTo(limit);
            if (one.json().path("type").asString().equals("budget.warning")) {
                assertThat(sequences).contains(data.path("sequence").asLong());
            }
        }

        var id = webhook.path("id").asString();
        send("POST", "/webhooks/" + id + "/test", "");
        var replayed = send("POST", "/webhooks/" + id + "/replay", "{\"from_sequence\":0}");
        assertThat(replayed.path("replayed").asInt()).isEqualTo(2);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(RECEIVED).hasSize(5));
        var deliveries = send("GET", "/webhooks/" + id + "/deliveries", "");
        assertThat(deliveries.path("data")).hasSize(3);
        assertThat(send("DELETE", "/webhooks/" + id, "").path("id").asString()).isEqualTo(id);
        assertThat(send("GET", "/webhooks", "").path("data")).isEmpty();
    }

    /** Known once the usage-service has read as far. */
    private long sequenceOfCharge(String requestId) {
        var path = "/api/v1/requests/" + requestId;
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            var answer = SYSTEM.send("GET", path, customer.apiKey(), "");
            return answer.statusCode() == 200 && answer.body().contains("\"status\":\"ended\"");
        });
        return send("GET", "/requests/" + requestId, "")
                .path("charge")
                .path("sequence")
                .asLong();
    }

    @Test
    void anAddressThatIsNoneIsRefusedAndMailWhereThereIsNoServer() {
        var answer = SYSTEM.send("POST", "/api/v1/webhooks", customer.apiKey(), "{\"url\":\"nowhere\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("\"param\":\"url\"");
        var mail = SYSTEM.send("PUT", "/api/v1/alerts", customer.apiKey(), "{\"email\":\"ann@example.com\"}");
        assertThat(mail.statusCode()).as(mail.body()).isEqualTo(422);
        assertThat(mail.body()).contains("mail_unavailable");
        assertThat(send("PUT", "/alerts", "{\"low_balance_usd\":\"2.50\"}")
                        .path("low_balance_usd")
                        .asString())
                .isEqualTo("2.50");
        assertThat(send("GET", "/alerts", "").path("low_balance_usd").asString())
                .isEqualTo("2.50");
    }
}
