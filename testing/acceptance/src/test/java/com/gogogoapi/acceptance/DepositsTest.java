package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Credit bought on the test chain, as a customer sees it. */
@Tag("acceptance")
class DepositsTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final String CHAIN = "eip155:31337";

    private final Customer customer = SYSTEM.customer("1.00");

    private JsonNode get(String path) {
        var answer = SYSTEM.send("GET", "/api/v1" + path, customer.apiKey(), "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private JsonNode refused(int status, String method, String path, String key, String body) {
        var answer = SYSTEM.send(method, "/api/v1" + path, key, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JsonMapper.shared().readTree(answer.body()).path("error");
    }

    private static String payment(String chain, String token, String amount) {
        return JsonMapper.shared().writeValueAsString(Map.of("chain_id", chain, "token", token, "amount", amount));
    }

    private JsonNode pay(String token, String amount) {
        var answer = SYSTEM.send(
                "POST", "/api/v1/deposit-addresses/test-payments", customer.apiKey(), payment(CHAIN, token, amount));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private void awaitCredited(int deposits) {
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        get("/deposits?state=credited").path("data").size())
                .isEqualTo(deposits));
    }

    @Test
    void whatIsPaidIsSeenAndCreditedOneUsdForEachToken() {
        var chain = get("/deposit-addresses").path("data").path(0);
        assertThat(chain.path("chain_id").asString()).isEqualTo(CHAIN);
        assertThat(chain.path("test").asBoolean()).isTrue();
        assertThat(chain.path("name").asString()).contains("test");

        var paid = pay("USDC", "5");
        assertThat(paid.path("address").asString())
                .isEqualTo(chain.path("address").asString());
        pay("USDT", "0.250001");
        awaitCredited(2);

        assertThat(customer.books().available()).isEqualByComparingTo("6.250001");
        var deposits = get("/deposits?chain_id=" + CHAIN).path("data");
        var first = deposits.path(1);
        assertThat(first.path("transaction_hash").asString())
                .isEqualTo(paid.path("transaction_hash").asString());
        assertThat(first.path("amount").asString()).isEqualTo("5.000000");
        assertThat(first.path("amount_usd").asString()).isEqualTo("5.00");
        assertThat(first.path("test").asBoolean()).isTrue();
        assertThat(get("/deposits/" + first.path("id").asString())).isEqualTo(first);
        assertThat(customer.statement())
                .anySatisfy(line -> assertThat(line.path("reference").asString(""))
                        .isEqualTo(first.path("reference").asString()));
        assertThat(get("/deposits?state=rejected").path("data").size()).isZero();
        assertThat(get("/deposits?chain_id=eip155:8453").path("data").size()).isZero();

        var page = get("/deposits?limit=1");
        assertThat(page.path("data").path(0)).isEqualTo(deposits.path(0));
        assertThat(get("/deposits?limit=1&cursor=" + page.path("next_cursor").asString())
                        .path("data")
                        .path(0))
                .isEqualTo(first);
    }

    @Test
    void anAddressIsTheAccountsForEverAndNobodyElses() {
        var own = get("/deposit-addresses").path("data").path(0).path("address").asString();
        assertThat(get("/deposit-addresses")
                        .path("data")
                        .path(0)
                        .path("address")
                        .asString())
                .isEqualTo(own);
        var another = SYSTEM.send(
                "GET", "/api/v1/deposit-addresses", SYSTEM.customer("1.00").apiKey(), "");
        assertThat(another.body()).contains("address").doesNotContain(own);
    }

    @Test
    void anothersDepositIsNotThere() {
        pay("USDC", "1");
        await().atMost(SOON).until(() -> get("/deposits").path("data").size() == 1);
        var id = get("/deposits").path("data").path(0).path("id").asString();
        var another = SYSTEM.customer("1.00");
        refused(404, "GET", "/deposits/" + id, another.apiKey(), "");
        refused(404, "GET", "/deposits/" + UUID.randomUUID(), customer.apiKey(), "");
        refused(404, "GET", "/deposits/nothing", customer.apiKey(), "");
    }

    @ParameterizedTest
    @CsvSource({
        "state=paid, state must be one of",
        "chain_id=eip155:99999, chain_id must be one of",
        "chain_id=base, chain_id must be one of",
        "limit=101, limit must be",
        "cursor=x, cursor must be",
        "token=USDC, token"
    })
    void whatItDoesNotKnowIsRefused(String query, String message) {
        assertThat(refused(400, "GET", "/deposits?" + query, customer.apiKey(), "")
                        .path("message")
                        .asString())
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "eip155:8453, USDC, 5, chain_id",
        "eip155:31337, DAI, 5, token",
        "eip155:31337, USDC, 0, amount",
        "eip155:31337, USDC, -5, amount",
        "eip155:31337, USDC, 1e2, amount",
        "eip155:31337, USDC, 100.000001, amount",
        "eip155:31337, USDC, 0.0000001, amount"
    })
    void testTokensAreGivenInReasonAlone(String chain, String token, String amount, String field) {
        assertThat(refused(
                                400,
                                "POST",
                                "/deposit-addresses/test-payments",
                                customer.apiKey(),
                                payment(chain, token, amount))
                        .path("param")
                        .asString())
                .isEqualTo(field);
    }

    @Test
    void andOnlySoManyAnHour() {
        for (var payments = 0; payments < 10; payments++) {
            pay("USDT", "100");
        }
        var error = refused(
                429, "POST", "/deposit-addresses/test-payments", customer.apiKey(), payment(CHAIN, "USDT", "0.000001"));
        assertThat(error.path("message").asString()).contains("at most 1000 test tokens an hour");
        awaitCredited(10);
        assertThat(customer.books().available()).isEqualByComparingTo("1001");
    }
}
