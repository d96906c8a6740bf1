package com.gogogoapi.standalone;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The first wallet of the test chain, with which its node signs for everybody on this machine. */
final class TestWallet {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Of {@code transfer(address,uint256)}. */
    private static final String TRANSFER = "0xa9059cbb";

    private static final String GAS = "0x30d40";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;

    TestWallet(String url) {
        this.url = url;
    }

    /**
     * Pays anybody.
     *
     * @return the transaction's hash
     * @throws IOException if the chain refuses it
     * @throws IllegalStateException if there is no such address or amount
     */
    String pay(String contract, String to, BigDecimal amount, int decimals) throws IOException, InterruptedException {
        if (!to.matches("0x[0-9a-fA-F]{40}")) {
            throw new IllegalStateException("The address must be 0x and 40 hex digits.");
        }
        var atomic = amount.stripTrailingZeros();
        if (atomic.signum() <= 0 || atomic.scale() > decimals || atomic.precision() - atomic.scale() > 9) {
            throw new IllegalStateException("The amount must be above 0 and have at most " + decimals + " decimals.");
        }
        var wallet = call("eth_accounts").path(0).asString("");
        var data = TRANSFER
                + "0".repeat(24)
                + to.substring(2).toLowerCase(Locale.ROOT)
                + "%064x".formatted(atomic.movePointRight(decimals).toBigIntegerExact());
        return call("eth_sendTransaction", Map.of("from", wallet, "to", contract, "data", data, "gas", GAS))
                .asString();
    }

    private JsonNode call(String method, Object... parameters) throws IOException, InterruptedException {
        var body = JsonMapper.shared()
                .writeValueAsString(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(parameters)));
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var answer = JsonMapper.shared()
                .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
        if (answer.has("error")) {
            throw new IOException("The test chain refused it: "
                    + answer.path("error").path("message").asString("no reason"));
        }
        return answer.path("result");
    }
}
