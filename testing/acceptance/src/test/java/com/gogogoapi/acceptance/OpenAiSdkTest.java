package com.gogogoapi.acceptance;

import static com.gogogoapi.acceptance.Customer.amount;
import static com.gogogoapi.acceptance.Customer.flashCost;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The official SDK as a customer uses it, with nothing changed but base URL and key. */
@Tag("acceptance")
class OpenAiSdkTest {

    private static final int MAX_TOKENS = 100;

    private final RunningSystem system = RunningSystem.shared();
    private final Customer customer = system.customer("1.00");
    private final String text = "Tell me a story. [[sim: tokens=40, cached=5, chunk-delay-ms=5]] " + customer.account();

    private ChatCompletionCreateParams.Builder request() {
        return ChatCompletionCreateParams.builder()
                .model("deepseek-v4-flash")
                .addUserMessage(text)
                .maxCompletionTokens(MAX_TOKENS);
    }

    @Test
    void aCompletionInOnePiece() throws Exception {
        try (var observer = new Observer(customer)) {
            var completion =
                    customer.openAi().chat().completions().create(request().build());

            assertThat(completion.choices().getFirst().message().content())
                    .hasValueSatisfying(content -> assertThat(content).isNotBlank());
            var usage = completion.usage().orElseThrow();
            assertBooked(usage.promptTokens(), usage.completionTokens());
            assertThat(observer.observations()).isPositive();
        }
    }

    @Test
    void aStreamedCompletion() throws Exception {
        try (var observer = new Observer(customer)) {
            var params = request()
                    .streamOptions(ChatCompletionStreamOptions.builder()
                            .includeUsage(true)
                            .build())
                    .build();
            List<ChatCompletionChunk> chunks;
            try (var stream = customer.openAi().chat().completions().createStreaming(params)) {
                chunks = stream.stream().toList();
            }

            var words = chunks.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .flatMap(choice -> choice.delta().content().stream())
                    .filter(content -> !content.isEmpty())
                    .count();
            assertThat(words).isEqualTo(40);
            var usage = chunks.getLast().usage().orElseThrow();
            assertBooked(usage.promptTokens(), usage.completionTokens());
            assertThat(observer.observations()).isPositive();
        }
    }

    /** Quote = hold, held before the upstream was called, charge = tokens × price, the rest released. */
    private void assertBooked(long promptTokens, long completionTokens) {
        assertThat(completionTokens).isEqualTo(40);
        var quote = customer.quote(Customer.chat(text, MAX_TOKENS, false));
        var lines = customer.statement();
        var charge = lines.get(0);
        var hold = lines.get(1);

        var held = amount(hold, "amount_usd");
        assertThat(held).isEqualByComparingTo(amount(quote, "max_cost_usd"));
        assertThat(held)
                .isEqualByComparingTo(flashCost(quote.path("prompt_tokens").asLong(), 0, MAX_TOKENS));
        assertThat(promptTokens).isLessThanOrEqualTo(quote.path("prompt_tokens").asLong());

        var charged = amount(charge, "amount_usd");
        assertThat(charged).isEqualByComparingTo(flashCost(promptTokens - 5, 5, completionTokens));
        assertThat(amount(charge, "refunded_usd")).isEqualByComparingTo(held.subtract(charged));
        assertThat(amount(charge, "overrun_usd")).isZero();

        assertThat(Instant.parse(hold.path("at").asString())).isBeforeOrEqualTo(upstreamCall());
        assertThat(customer.books().charged()).isEqualByComparingTo(charged);
        assertThat(customer.books().available()).isEqualByComparingTo(BigDecimal.ONE.subtract(charged));
        assertThat(customer.books().openHolds()).isZero();
    }

    private Instant upstreamCall() {
        return system.simulator("GET", "/requests")
                .path("data")
                .valueStream()
                .filter(entry -> entry.path("last_message").asString().contains(customer.account()))
                .map(entry -> Instant.parse(entry.path("received_at").asString()))
                .findFirst()
                .orElseThrow();
    }

    /** Looks at the books all the time; every look checks that they add up. */
    private static final class Observer implements AutoCloseable {

        private final AtomicBoolean looking = new AtomicBoolean(true);
        private final AtomicInteger observations = new AtomicInteger();
        private final java.util.concurrent.CompletableFuture<Void> done;

        Observer(Customer customer) {
            done = java.util.concurrent.CompletableFuture.runAsync(() -> {
                while (looking.get()) {
                    customer.books();
                    observations.incrementAndGet();
                }
            });
        }

        int observations() {
            return observations.get();
        }

        @Override
        public void close() throws Exception {
            looking.set(false);
            done.get(120, java.util.concurrent.TimeUnit.SECONDS);
        }
    }

    @Test
    void aRequestWithoutALimitGetsItsRoutesDefault() {
        var withoutLimit = """
                {"model":"deepseek-v4-flash","messages":[{"role":"user","content":"%s"}]}""".formatted(text);
        var answer = customer.complete(withoutLimit);
        assertThat(answer.statusCode()).isEqualTo(200);
        // The published default, or less once enough was learned.
        var limit =
                Long.parseLong(answer.headers().firstValue("x-completion-limit").orElseThrow());
        assertThat(limit).isBetween(4_096L, 32_768L);

        JsonNode entry = system.simulator("GET", "/requests")
                .path("data")
                .valueStream()
                .filter(one -> one.path("last_message").asString().contains(customer.account()))
                .findFirst()
                .orElseThrow();
        assertThat(entry.path("max_tokens").asString()).isEqualTo(Long.toString(limit));
        var held = amount(customer.statement().get(1), "amount_usd");
        assertThat(held).isGreaterThan(flashCost(0, 0, limit)).isLessThan(flashCost(1_000, 0, limit));
    }
}
