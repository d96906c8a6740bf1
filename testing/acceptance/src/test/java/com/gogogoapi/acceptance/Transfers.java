package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Transfers as an operator orders them. */
final class Transfers {

    private Transfers() {}

    static Map<String, Object> transfer(Customer to, String usd, String reference) {
        return new HashMap<>(
                Map.of("to", to.account(), "amount_usd", usd, "reference", reference, "reason", "accounts are merged"));
    }

    static HttpResponse<String> send(Customer from, Map<String, Object> transfer) {
        return from.system()
                .send(
                        "POST",
                        "/api/v1/operator/accounts/" + from.account() + "/transfers",
                        from.system().access("operator_token"),
                        JsonMapper.shared().writeValueAsString(transfer));
    }

    static JsonNode done(Customer from, Map<String, Object> transfer) {
        var answer = send(from, transfer);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }
}
