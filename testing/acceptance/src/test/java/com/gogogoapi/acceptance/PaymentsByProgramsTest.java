package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The official clients of x402 (`@x402/fetch`) with the SDKs that people use: an account without credit pays, and is answered. */
@Tag("acceptance")
@Tag("long")
class PaymentsByProgramsTest {

    /** Of the test chain's second wallet, as everybody knows it. */
    private static final String PAYERS_KEY = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";
    /** Of its tenth, which pays for gas. */
    private static final String SETTLERS_KEY = "2a871d0798f97d79848a013d4936a73bf4cc922c825d33c1cf7073dff6d409c6";

    private static final String USDC = "gogogoapi.funding.chains.local.tokens.USDC.";
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static RunningSystem system;

    @BeforeAll
    static void start() throws IOException {
        system = RunningSystem.startWith(
                "gogogoapi.proxy.x402.enabled=true",
                "gogogoapi.funding.x402.settler.private-key=" + SETTLERS_KEY,
                "gogogoapi.funding.x402.settler.max-spend-per-day=1",
                "gogogoapi.funding.x402.early-credit-per-day=8.00",
                USDC + "domain-name=USD Coin",
                USDC + "domain-version=2");
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    private static Customer withoutCredit() {
        var account = system.operator("POST", "/accounts", Map.of("name", "test"))
                .path("account_id")
                .asString();
        var key = system.operator("POST", "/accounts/" + account + "/keys", Map.of("label", "test"));
        return new Customer(
                system,
                account,
                key.path("key_id").asString(),
                key.path("api_key").asString());
    }

    private static JsonNode usdc(Customer customer) {
        var answer = JsonMapper.shared()
                .readTree(system.send("GET", "/api/v1/deposit-addresses", customer.apiKey(), "")
                        .body());
        for (var chain : answer.path("data")) {
            for (var token : chain.path("tokens")) {
                if (token.path("symbol").asString().equals("USDC")) {
                    return JsonMapper.shared()
                            .valueToTree(Map.of(
                                    "network",
                                    chain.path("chain_id").asString(),
                                    "asset",
                                    token.path("contract").asString(),
                                    "address",
                                    chain.path("address").asString()));
                }
            }
        }
        throw new IllegalStateException("There must be a test chain with USDC: " + answer);
    }

    private static HttpResponse<String> post(String path, Customer customer, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(system.url(path)))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + customer.apiKey())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode decoded(HttpResponse<String> answer, String header) {
        var text = answer.headers().firstValue(header).orElseThrow(() -> new AssertionError(answer.body()));
        return JsonMapper.shared().readTree(Base64.getDecoder().decode(text));
    }

    @Test
    void anSdkOfAnAccountWithoutCreditPaysAndIsAnswered() throws Exception {
        var customers = new LinkedHashMap<String, Customer>();
        for (var name : List.of("chat", "streamed", "responses", "messages", "keyed", "topUp")) {
            customers.put(name, withoutCredit());
        }
        var means = usdc(customers.get("chat"));
        var lines = NodeScript.run(
                "x402.mjs",
                Map.of(
                        "origin",
                        system.url(""),
                        "model",
                        "deepseek-v4-flash",
                        "privateKey",
                        PAYERS_KEY,
                        "network",
                        means.path("network").asString(),
                        "asset",
                        means.path("asset").asString(),
                        "cases",
                        customers.entrySet().stream()
                                .map(each -> Map.of(
                                        "name", each.getKey(),
                                        "apiKey", each.getValue().apiKey(),
                                        "prompt", "Hello [[sim: tokens=3]]"))
                                .toList()));
        assertThat(lines).hasSize(customers.size()).allSatisfy(line -> {
            assertThat(line.path("said").asString())
                    .as(line.toString())
                    .isNotEmpty()
                    .doesNotStartWith("raised");
            assertThat(line.path("seen").path(0).path("status").asInt()).isEqualTo(402);
            var paid = line.path("seen").path(1);
            assertThat(paid.path("status").asInt()).isEqualTo(200);
            assertThat(paid.path("settled").path("success").asBoolean()).isTrue();
            assertThat(paid.path("settled").path("network")).isEqualTo(means.path("network"));
            assertThat(paid.path("settled").path("payer")).isEqualTo(line.path("payer"));
            assertThat(paid.path("settled").path("transaction").asString()).matches("0x[0-9a-f]{64}");
        });
        for (var line : lines) {
            var customer = customers.get(line.path("name").asString());
            var paid = line.path("name").asString().equals("topUp") ? "5.00" : "1.00";
            await().atMost(SOON).untilAsserted(() -> {
                var books = customer.books();
                assertThat(books.granted()).as(line.toString()).isEqualByComparingTo(paid);
                assertThat(books.held()).isEqualByComparingTo("0");
                assertThat(books.available().add(books.charged())).isEqualByComparingTo(paid);
            });
            if (!line.path("name").asString().equals("topUp")) {
                assertThat(customer.books().charged()).isGreaterThan(BigDecimal.ZERO);
            }
            // The deposit that it is becomes final, and is no second credit.
            await().atMost(SOON).untilAsserted(() -> assertThat(deposits(customer))
                    .singleElement()
                    .satisfies(deposit ->
                            assertThat(deposit.path("state").asString()).isEqualTo("credited")));
            assertThat(customer.books().granted()).isEqualByComparingTo(paid);
        }
    }

    private static List<JsonNode> deposits(Customer customer) {
        return JsonMapper.shared()
                .readTree(system.send("GET", "/api/v1/deposits", customer.apiKey(), "")
                        .body())
                .path("data")
                .valueStream()
                .toList();
    }

    @Test
    void a402SaysWhatCanBePaidBesideItsOwnBody() throws Exception {
        var customer = withoutCredit();
        for (var path : List.of("/v1/chat/completions", "/api/v1/chat/completions", "/v1/messages")) {
            var answer = post(path, customer, Customer.chat("Hello", 10, path.contains("chat")));
            assertThat(answer.statusCode()).isEqualTo(402);
            assertThat(JsonMapper.shared()
                            .readTree(answer.body())
                            .path("error")
                            .path("required_usd")
                            .asString())
                    .startsWith("0.0");
            var required = decoded(answer, "PAYMENT-REQUIRED");
            assertThat(required.path("resource").path("url").asString()).isEqualTo(system.url(path));
            assertThat(required.path("accepts")).hasSize(2);
            assertThat(required.path("accepts").path(0).path("payTo"))
                    .isEqualTo(usdc(customer).path("address"));
        }
        var other = post("/v1/chat/completions", customer, "{\"model\":\"none\",\"messages\":[]}");
        assertThat(other.statusCode()).isNotEqualTo(402);
        assertThat(other.headers().firstValue("PAYMENT-REQUIRED")).isEmpty();
    }

    @Test
    void aHeaderThatIsNoPaymentIsRefusedWithWordsAndNothingIsHeld() throws Exception {
        var customer = system.customer("1.00");
        var chat = Customer.chat("Hello", 10, false);
        var malformed = post("/v1/chat/completions", customer, chat, "PAYMENT-SIGNATURE", "nonsense!");
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(malformed.body()).contains("PAYMENT-SIGNATURE must be JSON in Base64");
        var large = post("/v1/chat/completions", customer, chat, "PAYMENT-SIGNATURE", "A".repeat(8_193));
        assertThat(large.statusCode()).isEqualTo(400);
        assertThat(large.body()).contains("must have 1 to 8192 characters");
        var twice =
                post("/v1/chat/completions", customer, chat, "PAYMENT-SIGNATURE", "e30=", "PAYMENT-SIGNATURE", "e30=");
        assertThat(twice.statusCode()).isEqualTo(400);
        assertThat(twice.body()).contains("must be given once");
        assertThat(customer.books().available()).isEqualByComparingTo("1.00");
    }

    @Test
    void aTopUpNamesItsBounds() throws Exception {
        var customer = withoutCredit();
        var asked = post("/api/v1/top-ups", customer, "{\"amount_usd\":\"5.00\"}");
        assertThat(asked.statusCode()).isEqualTo(402);
        assertThat(decoded(asked, "PAYMENT-REQUIRED")
                        .path("accepts")
                        .path(0)
                        .path("amount")
                        .asString())
                .isEqualTo("5000000");
        assertThat(post("/api/v1/top-ups", customer, "{\"amount_usd\":\"0.50\"}")
                        .body())
                .contains("amount_usd must be 1.00 to 1000.00 USD");
        assertThat(post("/api/v1/top-ups", customer, "{\"amount_usd\":\"5\",\"chain_id\":\"eip155:1\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/api/v1/top-ups", customer, "{}").statusCode()).isEqualTo(400);
        assertThat(system.send("GET", "/api/v1/top-ups/none", customer.apiKey(), "")
                        .statusCode())
                .isEqualTo(404);
    }
}
