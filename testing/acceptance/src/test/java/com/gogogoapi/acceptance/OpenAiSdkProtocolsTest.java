package com.gogogoapi.acceptance;

import static com.gogogoapi.acceptance.Customer.amount;
import static com.gogogoapi.acceptance.Customer.flashCost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * OpenAI's SDK for Java on the protocols beside chat, with nothing changed but base URL and key: what is charged for what it
 * reads. All else that it does is {@link ClientFeaturesTest}'s.
 */
@Tag("acceptance")
class OpenAiSdkProtocolsTest {

    private static final String MODEL = "deepseek-v4-flash";

    private final RunningSystem system = RunningSystem.shared();
    private final Customer customer = system.customer("1.00");

    private OpenAIClient client() {
        return OpenAIOkHttpClient.builder()
                .baseUrl(system.url("/v1"))
                .apiKey(customer.apiKey())
                .maxRetries(0)
                .build();
    }

    private static ResponseCreateParams.Builder response(String text) {
        return ResponseCreateParams.builder().model(MODEL).input(text).maxOutputTokens(100);
    }

    private static CompletionCreateParams.Builder completion(String prompt) {
        return CompletionCreateParams.builder().model(MODEL).prompt(prompt).maxTokens(100);
    }

    private void assertCharged(long promptTokens, long completionTokens) {
        var charge = customer.lastLine();
        assertThat(charge.path("rule").asString()).isEqualTo("COMPLETED");
        assertThat(amount(charge, "amount_usd")).isEqualByComparingTo(flashCost(promptTokens - 5, 5, completionTokens));
        assertThat(customer.books().held()).isZero();
    }

    @Test
    void aResponseInOnePiece() {
        var created = client().responses()
                .create(response("Hello. [[sim: tokens=40, cached=5]]").build());
        var said = created.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .map(text -> text.text())
                .toList();
        assertThat(said).hasSize(1).allSatisfy(text -> assertThat(text).isNotBlank());
        var usage = created.usage().orElseThrow();
        assertThat(usage.outputTokens()).isEqualTo(40);
        assertCharged(usage.inputTokens(), usage.outputTokens());
    }

    @Test
    void aStreamedResponse() {
        List<ResponseStreamEvent> events;
        try (var stream = client().responses()
                .createStreaming(response("Hello. [[sim: tokens=40, cached=5]]").build())) {
            events = stream.stream().toList();
        }
        assertThat(events.stream().flatMap(event -> event.outputTextDelta().stream()))
                .hasSize(40);
        var usage =
                events.getLast().completed().orElseThrow().response().usage().orElseThrow();
        assertCharged(usage.inputTokens(), usage.outputTokens());
    }

    @Test
    void aCompletionInOnePieceAndStreamed() {
        var prompt = "def f( [[sim: tokens=40, cached=5]]";
        var whole = client().completions()
                .create(completion(prompt).suffix("return x").build());
        assertThat(whole.choices().getFirst().text()).isNotBlank();
        var usage = whole.usage().orElseThrow();
        assertCharged(usage.promptTokens(), usage.completionTokens());

        try (var stream =
                client().completions().createStreaming(completion(prompt).build())) {
            assertThat(stream.stream()
                            .flatMap(chunk -> chunk.choices().stream())
                            .filter(choice -> !choice.text().isEmpty()))
                    .hasSize(40);
        }
        assertThat(customer.lastLine().path("completion_tokens").asLong()).isEqualTo(40);
    }

    @Test
    void whatAProtocolCannotHaveIsRefusedWithWords() {
        assertThatThrownBy(() -> client().responses()
                        .create(response("Hello").store(true).build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("store must be false");
        assertThatThrownBy(() -> client().completions()
                        .create(completion("Hello").bestOf(2).build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("best_of must be 1");
    }
}
