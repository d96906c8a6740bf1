package com.gogogoapi.acceptance;

import static com.gogogoapi.acceptance.Transfers.done;
import static com.gogogoapi.acceptance.Transfers.send;
import static com.gogogoapi.acceptance.Transfers.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Credit from one account to another: as two lines that name each other, and never lost or doubled. */
@Tag("acceptance")
class TransfersTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();

    @Test
    void bothAccountsSayWhereItWentAndWhereItCameFrom() {
        var from = SYSTEM.customer("3.00");
        var to = SYSTEM.customer("1.00");
        var transferred = done(from, transfer(to, "2.00", "merge"));
        assertThat(transferred.path("available_usd").asString()).isEqualTo("1.00");
        assertThat(done(from, transfer(to, "2.00", "merge"))).as("again").isEqualTo(transferred);
        assertThat(from.books().available()).isEqualByComparingTo("1.00");
        assertThat(to.books().available()).isEqualByComparingTo("3.00");

        var out = from.lastLine();
        var in = to.lastLine();
        assertThat(out.path("type").asString()).isEqualTo("transfer_out");
        assertThat(in.path("type").asString()).isEqualTo("transfer_in");
        assertThat(out.path("rule").asString()).isEqualTo(to.account());
        assertThat(in.path("rule").asString()).isEqualTo(from.account());
        assertThat(out.path("request_id")).isEqualTo(transferred.path("request_id"));
        assertThat(in.path("request_id")).isEqualTo(transferred.path("counterpart_request_id"));
        assertThat(out.path("reason").asString()).isEqualTo("accounts are merged");
        assertThat(to.complete(Customer.chat("Hello", 5, false)).statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNotThereOrWouldExpireIsNotTransferred() {
        var from = SYSTEM.customer("1.00");
        var to = SYSTEM.customer("1.00");
        SYSTEM.operator(
                "POST",
                "/accounts/" + from.account() + "/grants",
                Map.of("amount_usd", "5.00", "reference", "expires", "expires_at", "2030-01-01T00:00:00Z"));
        var tooMuch = send(from, transfer(to, "7.00", "too much"));
        assertThat(tooMuch.statusCode()).isEqualTo(422);
        assertThat(tooMuch.body()).contains("insufficient_credits", "\"available_usd\":\"6.00\"");
        var expires = send(from, transfer(to, "2.00", "expires"));
        assertThat(expires.statusCode()).isEqualTo(422);
        assertThat(expires.body()).contains("not_transferable");
        assertThat(send(from, transfer(to, "2.00", "expires")).body())
                .as("again")
                .contains("not_transferable");
        assertThat(to.books().available()).isEqualByComparingTo("1.00");
        done(from, transfer(to, "1.00", "lasts"));
    }

    @Test
    void aReferenceStandsForOneTransfer() {
        var from = SYSTEM.customer("3.00");
        var to = SYSTEM.customer("1.00");
        var another = SYSTEM.customer("1.00");
        done(from, transfer(to, "1.00", "once"));
        assertThat(send(from, transfer(to, "0.50", "once")).body()).contains("idempotency_mismatch");
        assertThat(send(from, transfer(another, "1.00", "once")).body()).contains("idempotency_mismatch");
        for (var wrong : List.of(from.account(), "acct_unheard_of", "not an account")) {
            var body = transfer(to, "1.00", "wrong");
            body.put("to", wrong);
            var answer = send(from, body);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("\"param\":\"to\"");
        }
        assertThat(from.books().available()).isEqualByComparingTo("2.00");
    }

    @Test
    void aLargeOneNeedsASecondOperator() {
        var from = SYSTEM.customer("1.00");
        var second = treasury();
        // As much as each can give alone.
        for (var operator : List.of(treasury(), second)) {
            var granted = SYSTEM.send(
                    "POST",
                    "/api/v1/operator/accounts/" + from.account() + "/grants",
                    operator.path("secret").asString(),
                    "{\"amount_usd\":\"400000\",\"reference\":\"" + UUID.randomUUID() + "\"}");
            assertThat(granted.statusCode()).as(granted.body()).isEqualTo(200);
        }
        var to = SYSTEM.customer("1.00");
        var waiting = send(from, transfer(to, "600000", "large"));
        assertThat(waiting.statusCode()).isEqualTo(202);
        var order = JsonMapper.shared().readTree(waiting.body());
        assertThat(order.path("kind").asString()).isEqualTo("transfer");
        assertThat(order.path("to").asString()).isEqualTo(to.account());
        assertThat(to.books().available()).isEqualByComparingTo("1.00");

        var approved = SYSTEM.send(
                "POST",
                "/api/v1/operator/orders/" + order.path("order_id").asString() + "/approval",
                second.path("secret").asString(),
                "{}");
        assertThat(approved.body()).contains("\"status\":\"executed\"");
        assertThat(to.books().available()).isEqualByComparingTo("600001");
        assertThat(done(from, transfer(to, "600000", "large")).path("approved_by"))
                .isEqualTo(second.path("name"));
    }

    private static JsonNode treasury() {
        return SYSTEM.operator(
                "POST", "/operators", Map.of("name", "t-" + UUID.randomUUID(), "roles", List.of("treasury")));
    }
}
