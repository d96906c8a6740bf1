package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What stands beside the message of an error is described too, in both forms. */
@Tag("acceptance")
class OpenApiErrorsTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final DocumentedAccount ACCOUNT = new DocumentedAccount(SYSTEM);
    private static final Map<String, Object> AS_IT_IS = Map.of();
    private static final Map<String, String> PROTOCOLS = Map.of(
            "POST /chat/completions", "chat",
            "POST /completions", "completions",
            "POST /messages", "messages",
            "POST /responses", "responses");

    /** A request by a key, which is to be refused. */
    private static JsonNode refused(String operation, String key, Object body, int status) {
        return refused(operation, DocumentedCall.by(key).saying(body), status);
    }

    private static JsonNode refused(String operation, DocumentedCall call, int status) {
        var described = OpenApi.operation(operation);
        return asDescribed(described, call.among(ACCOUNT.ids()).send(SYSTEM, described), status);
    }

    private static JsonNode asDescribed(OpenApi.Operation operation, HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(operation.faultsOf(answer)).as(answer.body()).isEmpty();
        return JsonMapper.shared().readTree(answer.body()).path("error");
    }

    private static Map<String, Object> requestOf(String operation, Map<String, Object> more) {
        return switch (operation) {
            case "POST /completions" -> DocumentedCustomerCalls.completion(more);
            case "POST /responses" -> DocumentedCustomerCalls.response(more);
            default -> DocumentedCustomerCalls.chat(more);
        };
    }

    private static String keyWith(Map<String, Object> settings) {
        return keyOf(ACCOUNT.customer(), settings);
    }

    private static String keyOf(Customer customer, Map<String, Object> settings) {
        var body = new HashMap<String, Object>(settings);
        body.put("label", "limited");
        return SYSTEM.operator("POST", "/accounts/" + customer.account() + "/keys", body)
                .path("api_key")
                .asString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /chat/completions", "POST /completions", "POST /messages", "POST /responses"})
    void creditThatDoesNotSuffice(String operation) {
        var poor = SYSTEM.customer("0.000001");
        var error = refused(operation, poor.apiKey(), requestOf(operation, AS_IT_IS), 402);
        assertThat(error.path("required_usd").isString()).isTrue();
        assertThat(error.path("affordable_max_tokens").isIntegralNumber()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /chat/completions", "POST /completions", "POST /messages", "POST /responses"})
    void aBudgetThatDoesNotSuffice(String operation) {
        for (var window : List.of("day", "total")) {
            var key = keyWith(Map.of("budgets", List.of(Map.of("window", window, "limit_usd", "0.000000001"))));
            var error = refused(operation, key, requestOf(operation, AS_IT_IS), 403);
            assertThat(error.path("window").asString()).isEqualTo(window);
            assertThat(error.has("resets_at")).isEqualTo(window.equals("day"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /chat/completions",
                "POST /completions",
                "POST /messages",
                "POST /responses",
                "POST /quote",
                "POST /messages/count_tokens"
            })
    void whatAKeyDoesNotAllow(String operation) {
        var key = keyWith(Map.of("allowed_routes", List.of("deepseek-v4-pro")));
        var error = refused(operation, key, requestOf(operation, AS_IT_IS), 403);
        assertThat(error.path("code").asString()).isEqualTo("model_not_allowed");
        var elsewhere = keyWith(Map.of("allowed_addresses", List.of("192.0.2.0/24")));
        refused(operation, elsewhere, requestOf(operation, AS_IT_IS), 403);
        refused(operation, ACCOUNT.owner().managementKey(), requestOf(operation, AS_IT_IS), 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /chat/completions", "POST /completions", "POST /messages", "POST /responses"})
    void ratesThatAreExceeded(String operation) {
        var slow = keyWith(Map.of("rates", Map.of("requests_per_minute", 1)));
        var described = OpenApi.operation(operation);
        var call = DocumentedCall.by(slow).saying(requestOf(operation, AS_IT_IS));
        var second = await().atMost(Duration.ofMinutes(2))
                .until(() -> call.send(SYSTEM, described), answer -> answer.statusCode() == 429);
        var error = asDescribed(described, second, 429);
        assertThat(error.path("measure").asString()).isEqualTo("requests");
        assertThat(error.has("used")).isTrue();

        var narrow = keyWith(Map.of("rates", Map.of("tokens_per_minute", 1)));
        var large = refused(operation, narrow, requestOf(operation, AS_IT_IS), 429);
        assertThat(large.has("scope")).as("no waiting helps").isFalse();
    }

    @Test
    void requestsInFlight() {
        var key = keyWith(Map.of("rates", Map.of("requests_in_flight", 1)));
        var stream = LongStream.begin(SYSTEM.url(""), key, "tokens=800, chunk-delay-ms=50", 1_000);
        await().atMost(Duration.ofMinutes(1)).until(() -> stream.pieces() > 0);
        for (var operation : List.of("POST /chat/completions", "POST /messages", "POST /quote")) {
            var error = refused(operation, key, requestOf(operation, AS_IT_IS), 429);
            assertThat(error.path("measure").asString()).isEqualTo("requests_in_flight");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /chat/completions", "POST /completions", "POST /messages", "POST /responses"})
    void quotesThatAreNotExecuted(String operation) {
        var key = ACCOUNT.customer().apiKey();
        var altered = refused(operation, key, requestOf(operation, Map.of("quote_id", "no quote")), 422);
        assertThat(altered.path("reason").asString()).isEqualTo("altered");
        var quote = DocumentedCall.by(key)
                .saying(requestOf(operation, AS_IT_IS))
                .asking("?protocol=" + PROTOCOLS.get(operation))
                .send(SYSTEM, OpenApi.operation("POST /quote"));
        assertThat(quote.statusCode()).as(quote.body()).isEqualTo(200);
        var id = JsonMapper.shared().readTree(quote.body()).path("quote_id").asString();
        var another = refused(operation, key, requestOf(operation, Map.of("quote_id", id, "stop", "x")), 422);
        assertThat(another.path("code").asString()).isEqualTo("quote_mismatch");
        var executed = DocumentedCall.by(key)
                .saying(requestOf(operation, AS_IT_IS))
                .with("X-Quote-Id", id)
                .send(SYSTEM, OpenApi.operation(operation));
        assertThat(executed.statusCode()).as(executed.body()).isEqualTo(200);
        var used = refused(operation, key, requestOf(operation, Map.of("quote_id", id)), 422);
        assertThat(used.path("reason").asString()).isEqualTo("used");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /chat/completions",
                "POST /completions",
                "POST /messages",
                "POST /responses",
                "POST /quote",
                "POST /messages/count_tokens"
            })
    void whatIsNotThereAndWhatIsWrong(String operation) {
        var key = ACCOUNT.customer().apiKey();
        refused(operation, key, requestOf(operation, Map.of("model", "nothing")), 404);
        refused(operation, key, requestOf(operation, Map.of("stream", "yes")), 400);
        refused(operation, "", requestOf(operation, AS_IT_IS), 401);
    }

    @Test
    void aRouteThatIsSuspended() {
        var model = ACCOUNT.newRoute();
        SYSTEM.operator("POST", "/routes/" + model + "/costs", costs());
        SYSTEM.operator("PUT", "/routes/" + model + "/loss-policy", Map.of("policy", "suspend"));
        for (var operation : List.of("POST /chat/completions", "POST /messages", "POST /quote")) {
            var described = OpenApi.operation(operation);
            var call =
                    DocumentedCall.by(ACCOUNT.customer().apiKey()).saying(requestOf(operation, Map.of("model", model)));
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> call.send(SYSTEM, described).statusCode() == 503);
            assertThat(refused(operation, call, 503).path("code").asString()).isEqualTo("route_suspended");
        }
    }

    private static Map<String, Object> costs() {
        return Map.of(
                "input_usd_per_million", "2",
                "cached_input_usd_per_million", "2",
                "output_usd_per_million", "2",
                "source", Map.of("url", "https://example.com", "retrieved_at", "2026-11-23T00:00:00Z"));
    }

    @Test
    void aMemberWhoHasKeys() {
        var member = People.of(ACCOUNT.customer()).invited("developer");
        member.inferenceKey();
        var call = DocumentedCall.by(ACCOUNT.owner().managementKey()).of("member", member.id());
        var changed = refused("PATCH /members/{member}", call.saying(Map.of("role", "viewer")), 400);
        assertThat(changed.path("valid_keys").asInt()).isPositive();
        var removed = refused("POST /members/{member}/removal", call.saying(Map.of()), 400);
        assertThat(removed.path("valid_keys").asInt()).isPositive();
    }

    @Test
    void creditThatIsNotThere() {
        var poor = SYSTEM.customer("1.00");
        var call = DocumentedCall.by(ACCOUNT.operator());
        var transferred = refused(
                "POST /operator/accounts/{account}/transfers",
                call.of("account", poor.account())
                        .saying(Map.of(
                                "to",
                                ACCOUNT.customer().account(),
                                "amount_usd",
                                "2",
                                "reference",
                                DocumentedAccount.unique(),
                                "reason",
                                "a test")),
                422);
        assertThat(transferred.path("available_usd").asString()).isEqualTo("1.00");
        var taken = refused(
                "POST /operator/accounts/{account}/corrections",
                call.saying(Map.of(
                        "amount_usd", "1000",
                        "corrects", ACCOUNT.event(),
                        "reason", "a test",
                        "reference", DocumentedAccount.unique(),
                        "direction", "take")),
                422);
        assertThat(taken.path("held_usd").isString()).isTrue();
    }

    @Test
    void anImportThatWouldChangeThePast() {
        var model = ACCOUNT.newRoute();
        var past = new HashMap<>(costs());
        past.put("valid_from", "2026-01-01T00:00:00Z");
        var error = refused(
                "POST /operator/routes/import",
                DocumentedCall.by(ACCOUNT.operator())
                        .saying(Map.of(
                                "routes",
                                List.of(Map.of("model", model, "limits", TestRoute.LIMITS, "prices", List.of(past))))),
                422);
        assertThat(error.path("changes").path(0).path("action").asString()).isEqualTo("refuse");
    }
}
