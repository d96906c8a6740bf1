package com.gogogoapi.acceptance;

import static com.gogogoapi.acceptance.Customer.amount;
import static com.gogogoapi.acceptance.Customer.flashCost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Anthropic's SDK for Java as a customer uses it, with nothing changed but base URL and key: what is charged for what it reads.
 * All else that it does is {@link ClientFeaturesTest}'s.
 */
@Tag("acceptance")
class AnthropicSdkTest {

    private static final String MODEL = "deepseek-v4-flash";

    private final RunningSystem system = RunningSystem.shared();
    private final Customer customer = system.customer("1.00");

    private AnthropicClient client(String apiKey) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(system.url(""))
                .apiKey(apiKey)
                .maxRetries(0)
                .build();
    }

    private AnthropicClient client() {
        return client(customer.apiKey());
    }

    private static MessageCreateParams.Builder request(String text) {
        return MessageCreateParams.builder().model(MODEL).maxTokens(100).addUserMessage(text);
    }

    private void assertCharged(long inputTokens, long cached, long outputTokens) {
        var charge = customer.lastLine();
        assertThat(charge.path("rule").asString()).isEqualTo("COMPLETED");
        assertThat(amount(charge, "amount_usd")).isEqualByComparingTo(flashCost(inputTokens, cached, outputTokens));
        assertThat(customer.books().held()).isZero();
    }

    @Test
    void aMessageInOnePiece() {
        var message = client().messages()
                .create(request("Hello. [[sim: tokens=40, cached=5]]").build());
        assertThat(message.content().getFirst().text().orElseThrow().text()).isNotBlank();
        assertThat(message.usage().outputTokens()).isEqualTo(40);
        assertCharged(message.usage().inputTokens(), 5, 40);
    }

    @Test
    void aStreamedMessage() {
        List<RawMessageStreamEvent> events;
        try (var stream = client().messages()
                .createStreaming(
                        request("Hello. [[sim: tokens=40, reasoning=4]]").build())) {
            events = stream.stream().toList();
        }
        var words = events.stream()
                .flatMap(event -> event.contentBlockDelta().stream())
                .flatMap(delta -> delta.delta().text().stream())
                .count();
        assertThat(words).isEqualTo(40);
        assertThat(events.getLast().isMessageStop()).isTrue();
        var usage = events.stream()
                .flatMap(event -> event.messageDelta().stream())
                .map(delta -> delta.usage().outputTokens())
                .toList();
        assertThat(usage).containsExactly(44L);
        assertThat(customer.lastLine().path("completion_tokens").asLong()).isEqualTo(44);
    }

    @Test
    void tokensAreCounted() {
        var text = "How many tokens are these?";
        var counted = client().messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model(MODEL)
                        .addUserMessage(text)
                        .build());
        client().messages().create(request(text).build());
        assertThat(customer.lastLine().path("prompt_tokens").asLong()).isEqualTo(counted.inputTokens());
    }

    @Test
    void whatWouldFitIsToldWithTheRefusal() {
        var poor = system.customer("0.0001");
        assertThatThrownBy(() -> client(poor.apiKey())
                        .messages()
                        .create(request("Hello").maxTokens(10_000).build()))
                .isInstanceOfSatisfying(AnthropicServiceException.class, error -> {
                    assertThat(error.statusCode()).isEqualTo(402);
                    assertThat(error.body().toString()).contains("affordable_max_tokens");
                });
    }
}
