package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What only one protocol has. */
@Tag("acceptance")
class PromptsOfProtocolsTest {

    private final RunningSystem system = RunningSystem.shared();
    private final Customer customer = system.customer("1.00");

    private HttpResponse<String> post(String path, Object body) {
        return system.send("POST", path, customer.apiKey(), JsonMapper.shared().writeValueAsString(body));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/completions", "/api/v1/completions", "/beta/completions"})
    void aGapIsFilledAtThePriceOfItsQuote(String path) {
        var body = Map.<String, Object>of(
                "model",
                "deepseek-v4-flash",
                "prompt",
                "def f(" + customer.account(),
                "suffix",
                "return x",
                "max_tokens",
                20);
        var quote = customer.quote(JsonMapper.shared().writeValueAsString(body));
        assertThat(quote.path("protocol").asString()).isEqualTo("completions");
        var answer = post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).path("object").asString()).isEqualTo("text_completion");
        assertThat(answer.headers().firstValue("x-credit-held-usd"))
                .hasValue(quote.path("max_cost_usd").asString());
        assertThat(customer.lastLine().path("prompt_tokens").asLong())
                .isEqualTo(quote.path("prompt_tokens").asLong());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEchoedPromptIsDeliveredAndNotCharged(boolean stream) {
        var body = Map.<String, Object>of(
                "model",
                "deepseek-v4-flash",
                "prompt",
                "A prompt of some length. [[sim: tokens=5, usage=none]]",
                "echo",
                true,
                "stream",
                stream,
                "max_tokens",
                20);
        assertThat(post("/v1/completions", body).body()).contains("A prompt of some length.");
        assertThat(customer.lastLine().path("completion_tokens").asLong()).isEqualTo(5);
    }

    @Test
    void anAnswerGoesOnFromItsBeginningAtTheBetaAddress() {
        var body = Map.of(
                "model",
                "deepseek-v4-flash",
                "max_tokens",
                20,
                "messages",
                List.of(
                        Map.of("role", "user", "content", "Write."),
                        Map.of("role", "assistant", "content", customer.account(), "prefix", true)));
        assertThat(post("/beta/chat/completions", body).statusCode()).isEqualTo(200);
        var seen = system.simulator("GET", "/requests")
                .path("data")
                .valueStream()
                .filter(entry -> entry.path("last_message").asString().contains(customer.account()))
                .findFirst()
                .orElseThrow();
        assertThat(seen.path("path").asString()).isEqualTo("/beta/chat/completions");
    }

    private static final Map<String, Object> WITH_TOOLS = Map.of(
            "model", "deepseek-v4-flash",
            "max_tokens", 100,
            "system",
                    List.of(Map.of("type", "text", "text", "Be brief.", "cache_control", Map.of("type", "ephemeral"))),
            "tools",
                    List.of(Map.of(
                            "name", "weather",
                            "description", "Tells the weather.",
                            "input_schema",
                                    Map.of("type", "object", "properties", Map.of("city", Map.of("type", "string"))))),
            "messages", List.of(Map.of("role", "user", "content", "Ask weather for Rome.")));

    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages/count_tokens", "/api/v1/messages/count_tokens"})
    void tokensAreCountedAsTheyAreCharged(String path) {
        var counted = post(path, WITH_TOOLS);
        assertThat(counted.statusCode()).as(counted.body()).isEqualTo(200);
        assertThat(customer.statement()).as("nothing is held for a count").hasSize(1);

        var answer = post("/v1/messages", WITH_TOOLS);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var call = json(answer).at("/content/0");
        assertThat(call.path("type").asString()).isEqualTo("tool_use");
        assertThat(call.path("input").path("city").isString()).isTrue();
        assertThat(customer.lastLine().path("prompt_tokens").asLong())
                .isEqualTo(json(counted).path("input_tokens").asLong());
    }

    @Test
    void anthropicsClientsSendTheirKeyInAHeaderOfItsOwn() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(system.url("/v1/messages")))
                .header("x-api-key", customer.apiKey())
                .header("anthropic-version", "2023-06-01")
                .POST(HttpRequest.BodyPublishers.ofString(Spoken.MESSAGES.body("Hello", 10, false)))
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).path("type").asString()).isEqualTo("message");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"x\"}}]}",
                "{\"role\":\"wizard\",\"content\":\"a\"}",
            })
    void whatAMessageCannotHaveIsRefusedBeforeAnyHold(String message) {
        var answer = system.send(
                "POST",
                "/v1/messages",
                customer.apiKey(),
                "{\"model\":\"deepseek-v4-flash\",\"max_tokens\":5,\"messages\":[" + message + "]}");
        assertThat(answer.statusCode()).isEqualTo(400);
        var error = Spoken.MESSAGES.error(answer.body());
        assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.path("message").asString()).startsWith("messages[0].").contains(" must be ");
        assertThat(json(answer).path("request_id").asString())
                .isEqualTo(answer.headers().firstValue("x-request-id").orElseThrow());
        assertThat(customer.statement()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"store\":true", "\"previous_response_id\":\"resp_1\"", "\"background\":true"})
    void whatNeedsAMemoryIsRefusedBeforeAnyHold(String more) {
        var answer = system.send(
                "POST",
                "/v1/responses",
                customer.apiKey(),
                "{\"model\":\"deepseek-v4-flash\",\"input\":\"Hello\"," + more + "}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("error").path("message").asString()).contains(" must be ", "kept");
        assertThat(customer.statement()).hasSize(1);
    }

    @Test
    void noResponseIsThereToBeRetrieved() {
        for (var method : List.of("GET", "DELETE")) {
            var answer = system.send(method, "/v1/responses/resp_1", customer.apiKey(), "");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(json(answer).path("error").path("message").asString()).contains("must be kept by its client");
        }
        assertThat(system.send("GET", "/v1/responses/resp_1", "", "").statusCode())
                .isEqualTo(401);
    }

    @Test
    void aResponseThatEndsAtItsLimitIsIncompleteAndCharged() {
        var answer = post(
                "/v1/responses",
                Map.of("model", "deepseek-v4-flash", "input", "Hello [[sim: tokens=30]]", "max_output_tokens", 10));
        assertThat(json(answer).path("status").asString()).isEqualTo("incomplete");
        assertThat(customer.lastLine().path("completion_tokens").asLong()).isEqualTo(10);
        assertThat(customer.lastLine().path("rule").asString()).isEqualTo("COMPLETED");
    }
}
