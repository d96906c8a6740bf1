package com.gogogoapi.acceptance;

import static com.gogogoapi.acceptance.Customer.amount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.OpenAIException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** OpenAI's SDK asks for responses of a route whose upstream speaks chat alone, and notices nothing. */
@Tag("acceptance")
class TranslatedResponsesTest {

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final String MODEL = ChatAlone.MODEL;
    private static final String ALIAS = ChatAlone.ALIAS;

    private final Customer customer = SYSTEM.customer("1.00");

    @BeforeAll
    static void theRouteIsSold() {
        ChatAlone.sold();
    }

    @BeforeEach
    void othersAreServedWell() {
        SYSTEM.customer("1.00").isServedWell();
    }

    private OpenAIClient client() {
        return OpenAIOkHttpClient.builder()
                .baseUrl(SYSTEM.url("/v1"))
                .apiKey(customer.apiKey())
                .maxRetries(0)
                .build();
    }

    private ResponseCreateParams.Builder asked(String text) {
        return ResponseCreateParams.builder()
                .model(MODEL)
                .input("Hello " + customer.account() + " " + text)
                .maxOutputTokens(100);
    }

    private JsonNode upstreamSaw() {
        return SYSTEM.simulator("GET", "/requests")
                .path("data")
                .valueStream()
                .filter(entry -> entry.path("last_message").asString().contains(customer.account()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(Response response) {
        return response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .map(text -> text.text())
                .toList();
    }

    private void assertCharged(ResponseUsage usage) {
        var line = customer.lastLine();
        assertThat(line.path("rule").asString()).isEqualTo("COMPLETED");
        assertThat(line.path("prompt_tokens").asLong()).isEqualTo(usage.inputTokens());
        assertThat(line.path("completion_tokens").asLong()).isEqualTo(usage.outputTokens());
        assertThat(line.path("cached_prompt_tokens").asLong())
                .isEqualTo(usage.inputTokensDetails().cachedTokens());
        assertThat(amount(line, "amount_usd")).isEqualByComparingTo(ChatAlone.PRICES.costOf(line));
        assertThat(usage._additionalProperties().get("cost_usd").asStringOrThrow())
                .isEqualTo(line.path("amount_usd").asString());
        assertThat(customer.books().held()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {MODEL, ALIAS})
    void aResponseInOnePiece(String name) {
        var response = client().responses()
                .create(asked("[[sim: tokens=12, reasoning=5, cached=3]]")
                        .model(name)
                        .build());
        assertThat(response.status()).contains(ResponseStatus.COMPLETED);
        assertThat(texts(response)).hasSize(1).allSatisfy(text -> assertThat(text)
                .isNotBlank());
        assertThat(response.output()
                        .getFirst()
                        .reasoning()
                        .orElseThrow()
                        .content()
                        .orElseThrow())
                .hasSize(1);
        var usage = response.usage().orElseThrow();
        assertThat(usage.outputTokens()).isEqualTo(17);
        assertThat(usage.outputTokensDetails().reasoningTokens()).isEqualTo(5);
        assertCharged(usage);

        var seen = upstreamSaw();
        assertThat(seen.path("path").asString()).isEqualTo("/chat/completions");
        assertThat(seen.path("max_tokens").asString()).isEqualTo("100");
    }

    private List<ResponseStreamEvent> streamed(ResponseCreateParams params) {
        try (var stream = client().responses().createStreaming(params)) {
            return stream.stream().toList();
        }
    }

    @Test
    void aStreamedResponse() {
        var events = streamed(asked("[[sim: tokens=12, reasoning=5, cached=3]]").build());
        var gathered = ResponseAccumulator.create();
        events.forEach(gathered::accumulate);
        var response = gathered.response();
        assertThat(events.getFirst().isCreated()).isTrue();
        assertThat(events.getLast().isCompleted()).isTrue();
        var deltas = events.stream()
                .flatMap(event -> event.outputTextDelta().stream())
                .map(delta -> delta.delta())
                .toList();
        assertThat(deltas).hasSize(12);
        assertThat(texts(response)).containsExactly(String.join("", deltas));
        assertThat(events.stream().flatMap(event -> event.reasoningTextDelta().stream()))
                .hasSize(5);
        assertCharged(response.usage().orElseThrow());
    }

    @Test
    void whatReachesTheLimitIsIncomplete() {
        var last = streamed(asked("[[sim: tokens=500]]").maxOutputTokens(20).build())
                .getLast();
        var response = last.incomplete().orElseThrow().response();
        assertThat(response.incompleteDetails()
                        .orElseThrow()
                        .reason()
                        .orElseThrow()
                        .asString())
                .isEqualTo("max_output_tokens");
        assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(20);
        assertCharged(response.usage().orElseThrow());
    }

    private static FunctionTool weather() {
        return FunctionTool.builder()
                .name("weather")
                .description("Tells the weather.")
                .parameters(FunctionTool.Parameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                        .build())
                .strict(false)
                .build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aToolIsCalledAndItsAnswerSentBack(boolean stream) {
        var question = "What is the weather, " + customer.account() + "? [[sim: tool=weather]]";
        var params =
                ResponseCreateParams.builder().model(MODEL).maxOutputTokens(100).addTool(weather());
        var first = create(params.input(question).build(), stream);
        var call = first.output().stream()
                .flatMap(item -> item.functionCall().stream())
                .findFirst()
                .orElseThrow();
        assertThat(call.name()).isEqualTo("weather");
        assertThat(JsonMapper.shared().readTree(call.arguments()).path("city").isString())
                .isTrue();
        assertCharged(first.usage().orElseThrow());

        var conversation = new ArrayList<ResponseInputItem>();
        conversation.add(ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder()
                .role(EasyInputMessage.Role.USER)
                .content(question)
                .build()));
        conversation.add(ResponseInputItem.ofFunctionCall(call));
        conversation.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                .callId(call.callId())
                .output("sunny")
                .build()));
        var second = create(params.inputOfResponse(conversation).build(), stream);
        assertThat(texts(second)).hasSize(1).allSatisfy(text -> assertThat(text).isNotBlank());
        assertCharged(second.usage().orElseThrow());
    }

    private Response create(ResponseCreateParams params, boolean stream) {
        if (!stream) {
            return client().responses().create(params);
        }
        var gathered = ResponseAccumulator.create();
        streamed(params).forEach(gathered::accumulate);
        return gathered.response();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tokens=20, chunk-delay-ms=20, cut-after=7     | UPSTREAM_FAILED_MIDWAY
            tokens=20, chunk-delay-ms=20, error-after=7   | UPSTREAM_FAILED_MIDWAY
            tokens=20, stall-after=7, keep-alive=true     | TIMED_OUT_MIDWAY
            """)
    void whatBreaksMidwayIsRaisedAndChargedForWhatWasDelivered(String fault, String rule) {
        assertThatThrownBy(() -> streamed(asked("[[sim: " + fault + "]]").build()))
                .isInstanceOf(OpenAIException.class);
        var line = customer.lastLine();
        assertThat(line.path("rule").asString()).isEqualTo(rule);
        assertThat(line.path("completion_tokens").asLong()).isEqualTo(7);
        assertThat(customer.books().held()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fail=500  | 502
            fail=429  | 503
            reset     | 502
            """)
    void whatFailsBeforeItsFirstByteIsFree(String fault, int status) {
        for (var stream : new boolean[] {false, true}) {
            var body = Spoken.RESPONSES.body("Hello [[sim: " + fault + "]]", 50, stream, Map.of("model", MODEL));
            assertThat(SYSTEM.send("POST", "/v1/responses", customer.apiKey(), body)
                            .statusCode())
                    .isEqualTo(status);
        }
        assertThat(customer.books().charged()).isZero();
        assertThat(customer.books().held()).isZero();
    }

    @Test
    void whatChatHasNoWordForIsRefusedBeforeAnythingIsHeld() {
        var before = customer.statement();
        assertThatThrownBy(() ->
                        client().responses().create(asked("").topLogprobs(3L).build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("top_logprobs must be left out");
        assertThatThrownBy(
                        () -> client().responses().create(asked("").store(true).build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("store must be false");
        var body = Spoken.RESPONSES.body("Hello", 50, false, Map.of("model", ALIAS, "max_tool_calls", 3));
        assertThat(SYSTEM.send("POST", "/v1/responses", customer.apiKey(), body).body())
                .contains("max_tool_calls must be left out");
        assertThat(customer.statement()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MESSAGES", "COMPLETIONS"})
    void whatIsNotTranslatedIsRefusedByName(Spoken protocol) {
        var answer = SYSTEM.send(
                "POST", protocol.path(), customer.apiKey(), protocol.body("Hello", 50, false, Map.of("model", MODEL)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(protocol.error(answer.body()).path("code").asString()).isEqualTo("protocol_not_served");
        assertThat(protocol.error(answer.body()).path("message").asString())
                .contains("must be called by chat", "does not speak " + protocol.wireName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"MESSAGES", "COMPLETIONS"})
    void whatIsNotTranslatedIsNotQuotedEither(Spoken protocol) {
        for (var name : new String[] {MODEL, ALIAS}) {
            var answer = SYSTEM.send(
                    "POST",
                    "/v1/quote?protocol=" + protocol.wireName(),
                    customer.apiKey(),
                    protocol.body("Hello", 50, false, Map.of("model", name)));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("protocol_not_served", "does not speak " + protocol.wireName());
        }
    }

    @Test
    void aQuoteOfAResponseIsExecutedByIt() {
        var body = Spoken.RESPONSES.body("Hello [[sim: tokens=3]]", 50, false, Map.of("model", MODEL));
        var quote = customer.quote(body);
        assertThat(quote.path("protocol").asString()).isEqualTo("responses");
        var executed = SYSTEM.send(
                "POST",
                "/v1/responses",
                customer.apiKey(),
                Spoken.RESPONSES.body(
                        "Hello [[sim: tokens=3]]",
                        50,
                        false,
                        Map.of(
                                "model",
                                MODEL,
                                "quote_id",
                                quote.path("quote_id").asString())));
        assertThat(executed.statusCode()).as(executed.body()).isEqualTo(200);
        assertThat(amount(customer.statement().get(1), "amount_usd"))
                .isEqualByComparingTo(amount(quote, "max_cost_usd"));
    }
}
