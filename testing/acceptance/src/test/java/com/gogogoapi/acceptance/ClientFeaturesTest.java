package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What people's clients do works, unchanged: each feature of each. The table of docs/clients.md is what this run showed; {@code
 * -Dclients.write=true} writes it there.
 */
@Tag("acceptance")
class ClientFeaturesTest {

    private static final Path DOCUMENT = Path.of("..", "..", "docs", "clients.md");
    private static final Pattern TABLE = Pattern.compile("(?m)^\\| client \\| protocol \\|[^\\n]*\\n(^\\|[^\\n]*\\n)*");
    private static final List<String> FEATURES = List.of(
            "create",
            "stream",
            "usage",
            "tools",
            "structured output",
            "abort",
            "time-out",
            "retries",
            "errors",
            "error in a stream");
    private static final List<String> NAMES = List.of(
            "openai (chat)",
            "openai (completions)",
            "openai (responses)",
            "@anthropic-ai/sdk (messages)",
            "@ai-sdk/openai (responses)",
            "@ai-sdk/openai-compatible (chat)",
            "@ai-sdk/deepseek (chat)",
            "@ai-sdk/anthropic (messages)",
            "@langchain/openai (chat)",
            "@openai/agents (responses)",
            "@openai/agents (chat)",
            "openai-java (chat)",
            "openai-java (completions)",
            "openai-java (responses)",
            "anthropic-java (messages)");
    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final Customer CUSTOMER = SYSTEM.customer("1.00");
    private static final Customer IMPATIENT = SYSTEM.customer("1.00");

    private static final List<JsonNode> RESULTS = new ArrayList<>();

    @BeforeAll
    static void ask() throws Exception {
        var keys = Map.of(
                "rich", CUSTOMER.apiKey(),
                "poor", SYSTEM.customer("0.0001").apiKey(),
                "otherRoutes", key(Map.of("allowed_routes", List.of("deepseek-v4-pro"))),
                "slow", key(Map.of("rates", Map.of("requests_per_minute", 1))),
                "leaving", IMPATIENT.apiKey());
        var clients = Stream.concat(
                OpenAiJavaClients.of(SYSTEM).stream(), Stream.<JavaClient>of(new AnthropicJavaClient(SYSTEM)));
        // No virtual ones: what the SDKs' Kotlin loads when it is first used keeps their carriers, of which a small
        // machine has two.
        try (var threads = Executors.newCachedThreadPool()) {
            var ofJava = clients.map(client -> threads.submit(() -> new JavaFeatures(client, keys).results()))
                    .toList();
            RESULTS.addAll(NodeScript.run(
                    "features.mjs", Map.of("origin", SYSTEM.url(""), "model", "deepseek-v4-flash", "keys", keys)));
            for (var one : ofJava) {
                RESULTS.addAll(one.get());
            }
        }
    }

    private static String key(Map<String, Object> limits) {
        var body = new HashMap<>(limits);
        body.put("label", "limited");
        return SYSTEM.operator("POST", "/accounts/" + CUSTOMER.account() + "/keys", body)
                .path("api_key")
                .asString();
    }

    static Stream<Arguments> features() {
        return NAMES.stream().flatMap(client -> FEATURES.stream()
                .filter(feature -> isThere(client, feature))
                .map(feature -> Arguments.of(client, feature)));
    }

    /** Completions know neither tools nor a form of their answers. */
    private static boolean isThere(String client, String feature) {
        return !client.contains("completions") || !feature.equals("tools") && !feature.equals("structured output");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("features")
    void works(String client, String feature) {
        assertThat(RESULTS)
                .filteredOn(result -> isOf(result, client, feature))
                .singleElement()
                .satisfies(result -> assertThat(result.path("failed").isNull())
                        .as(result.toString())
                        .isTrue());
    }

    @Test
    void nobodyWasTriedWhoIsNotNamed() {
        assertThat(RESULTS)
                .extracting(result -> result.path("client").asString())
                .containsOnlyElementsOf(NAMES);
    }

    @Test
    void theDocumentHasWhatWasSeen() throws IOException {
        var document = Files.readString(DOCUMENT);
        var written = TABLE.matcher(document).replaceFirst(Matcher.quoteReplacement(table()));
        if (Boolean.getBoolean("clients.write")) {
            Files.writeString(DOCUMENT, written);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("docs/clients.md; -Dclients.write=true writes it")
                .isEqualTo(written)
                .contains(table());
    }

    private static String table() {
        return "| client | protocol | " + String.join(" | ", FEATURES) + " |\n|" + " --- |".repeat(FEATURES.size() + 2)
                + "\n"
                + NAMES.stream().map(ClientFeaturesTest::row).collect(Collectors.joining());
    }

    private static String row(String client) {
        var nameAndProtocol = client.split("[ ()]+");
        return "| `" + nameAndProtocol[0] + "` | " + nameAndProtocol[1] + " |"
                + FEATURES.stream().map(feature -> cell(client, feature)).collect(Collectors.joining()) + "\n";
    }

    private static String cell(String client, String feature) {
        return RESULTS.stream()
                .filter(result -> isOf(result, client, feature))
                .findFirst()
                .map(result -> result.path("failed").isNull() ? " yes |" : " **no** |")
                .orElse(" |");
    }

    private static boolean isOf(JsonNode result, String client, String feature) {
        return result.path("client").asString().equals(client)
                && result.path("feature").asString().equals(feature);
    }

    @Test
    void whatWasLeftIsChargedForWhatCameAndNothingStaysHeld() {
        CUSTOMER.booksAtRest();
        var left = CUSTOMER.statement().stream()
                .filter(line -> line.path("rule").asString().equals("CLIENT_LEFT"))
                .toList();
        assertThat(left).hasSize(NAMES.size()).allSatisfy(line -> assertThat(
                        line.path("completion_tokens").asLong())
                .isBetween(5L, 2_000L));
    }

    /** Free as often as it is said to be, and never more than the prompt. */
    @Test
    void whoTimesOutIsNotKeptWaitingFor() {
        IMPATIENT.booksAtRest();
        var rules = IMPATIENT.statement().stream()
                .filter(line -> !line.path("type").asString().matches("hold|grant"))
                .map(line -> line.path("rule").asString())
                .collect(Collectors.groupingBy(rule -> rule, Collectors.counting()));
        assertThat(rules)
                .containsOnly(
                        Map.entry("CLIENT_LEFT_EARLY", (long) RunningSystem.FREE_EARLY_LEAVINGS),
                        Map.entry("CLIENT_LEFT_AGAIN", (long) NAMES.size() - RunningSystem.FREE_EARLY_LEAVINGS));
    }

    @Test
    void eachTriesAgainOnceAndIsChargedOnce() {
        var tries = SYSTEM.simulator("GET", "/requests")
                .path("data")
                .valueStream()
                .map(entry -> entry.path("last_message").asString())
                .filter(said -> said.contains("Try again, "))
                .collect(Collectors.groupingBy(
                        said -> said.replaceAll(".*Try again, (.*?)\\. \\[\\[.*", "$1"), Collectors.counting()));
        assertThat(tries)
                .containsOnlyKeys(NAMES)
                .allSatisfy((client, times) -> assertThat(times).as(client).isEqualTo(2));
    }
}
