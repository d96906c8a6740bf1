package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An account's owner, with its key. */
record Customer(RunningSystem system, String account, String keyId, String apiKey) {

    record Books(
            BigDecimal available,
            BigDecimal held,
            BigDecimal charged,
            BigDecimal granted,
            BigDecimal expired,
            BigDecimal revoked,
            int openHolds) {}

    /** The official SDK, nothing changed but base URL and key. */
    OpenAIClient openAi() {
        return OpenAIOkHttpClient.builder()
                .baseUrl(system.url("/v1"))
                .apiKey(apiKey)
                .build();
    }

    static String chat(String text, int maxTokens, boolean stream) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "model",
                        "deepseek-v4-flash",
                        "messages",
                        List.of(Map.of("role", "user", "content", text)),
                        "max_tokens",
                        maxTokens,
                        "stream",
                        stream));
    }

    /**
     * Two requests that go well: whoever brings about failures of the upstream sees to it that they stay the fewer, so that
     * its circuit breaker does not open by chance.
     */
    void isServedWell() {
        for (var i = 0; i < 2; i++) {
            assertThat(complete(chat("Hello [[sim: tokens=1]]", 1, false)).statusCode())
                    .isEqualTo(200);
        }
    }

    HttpResponse<String> complete(String body) {
        return system.send("POST", "/v1/chat/completions", apiKey, body);
    }

    JsonNode quote(String body) {
        var answer = system.send("POST", "/api/v1/quote", apiKey, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** The books, which add up whenever they are looked at. */
    Books books() {
        var answer = system.operator("GET", "/accounts/" + account, Map.of());
        var books = new Books(
                amount(answer, "available_usd"),
                amount(answer, "held_usd"),
                amount(answer, "charged_usd"),
                amount(answer, "granted_usd"),
                amount(answer, "expired_usd"),
                amount(answer, "revoked_usd"),
                answer.path("open_holds").asInt());
        assertThat(books.available()
                        .add(books.held())
                        .add(books.charged())
                        .add(books.expired())
                        .add(books.revoked()))
                .isEqualByComparingTo(books.granted());
        assertThat(books.available()).isNotNegative();
        return books;
    }

    /** The books once nothing is held any more. */
    Books booksAtRest() {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(
                        this::books,
                        books -> books.openHolds() == 0 && books.held().signum() == 0);
    }

    /** The statement, newest first. */
    List<JsonNode> statement() {
        var answer = system.send("GET", "/api/v1/ledger?limit=1000", apiKey, "");
        assertThat(answer.statusCode()).isEqualTo(200);
        return JsonMapper.shared()
                .readTree(answer.body())
                .path("data")
                .valueStream()
                .toList();
    }

    JsonNode lastLine() {
        return statement().getFirst();
    }

    static BigDecimal amount(JsonNode node, String name) {
        assertThat(node.path(name).isString()).as(name + " of " + node).isTrue();
        return new BigDecimal(node.path(name).stringValue());
    }

    /** Tokens at flash's prices, USD per million: 0.14 in, 0.0028 cached, 0.28 out. */
    static BigDecimal flashCost(long uncachedPrompt, long cachedPrompt, long completion) {
        return new BigDecimal("0.14")
                .multiply(BigDecimal.valueOf(uncachedPrompt))
                .add(new BigDecimal("0.0028").multiply(BigDecimal.valueOf(cachedPrompt)))
                .add(new BigDecimal("0.28").multiply(BigDecimal.valueOf(completion)))
                .movePointLeft(6);
    }
}
