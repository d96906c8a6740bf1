package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people's clients do works, unchanged: each feature of each, as docs/clients.md lists them. */
@Tag("acceptance")
class ClientFeaturesTest {

    private static final Path CLIENTS = Path.of("target", "clients").toAbsolutePath();
    private static final int ALL_WITHIN_SECONDS = 600;
    private static final List<String> FEATURES =
            List.of("create", "stream", "tools", "structured output", "abort", "errors", "error in a stream");
    private static final List<String> NAMES = List.of(
            "openai (chat)",
            "openai (completions)",
            "openai (responses)",
            "@anthropic-ai/sdk",
            "@ai-sdk/openai (responses)",
            "@ai-sdk/anthropic (messages)");

    private static Customer customer;
    private static List<JsonNode> results;

    @BeforeAll
    static void ask() throws Exception {
        var system = RunningSystem.shared();
        customer = system.customer("1.00");
        var poor = system.customer("0.0001");
        var node = new ProcessBuilder("node", "features.mjs")
                .directory(CLIENTS.toFile())
                .redirectError(CLIENTS.resolve("features.err").toFile())
                .start();
        try (var input = node.getOutputStream()) {
            input.write(JsonMapper.shared()
                    .writeValueAsBytes(Map.of(
                            "origin", system.url(""),
                            "apiKey", customer.apiKey(),
                            "poorKey", poor.apiKey(),
                            "model", "deepseek-v4-flash")));
        }
        var lines = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor(ALL_WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue())
                .as(CLIENTS.resolve("features.err").toString())
                .isZero();
        results = lines.lines().map(JsonMapper.shared()::readTree).toList();
    }

    static Stream<Arguments> features() {
        return NAMES.stream().flatMap(client -> FEATURES.stream()
                .filter(feature -> isThere(client, feature))
                .map(feature -> Arguments.of(client, feature)));
    }

    /** Completions know no tools; an object is asked for where it is what the client is chosen for. */
    private static boolean isThere(String client, String feature) {
        return switch (feature) {
            case "tools" -> !client.contains("completions");
            case "structured output" -> client.contains("@ai-sdk/openai");
            default -> true;
        };
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("features")
    void works(String client, String feature) {
        assertThat(results)
                .filteredOn(result -> isOf(result, client, feature))
                .singleElement()
                .satisfies(result -> assertThat(result.path("failed").isNull())
                        .as(result.toString())
                        .isTrue());
    }

    /** What was counted is asserted with what was created and what was streamed. */
    @Test
    void theDocumentHasWhatWasSeen() throws IOException {
        var document = Files.readString(Path.of("..", "..", "docs", "clients.md"));
        for (var client : NAMES) {
            assertThat(document).contains(row(client));
        }
    }

    private static String row(String client) {
        var protocol = client.contains("(") ? client.replaceAll(".*\\((.*)\\)", "$1") : "messages";
        var cells = Stream.of(
                        "create",
                        "stream",
                        "stream",
                        "tools",
                        "structured output",
                        "abort",
                        "errors",
                        "error in a stream")
                .map(feature -> results.stream().anyMatch(result -> isOf(result, client, feature)) ? " yes |" : " |")
                .collect(Collectors.joining());
        return "| `" + client.replaceFirst(" .*", "") + "` (npm) | " + protocol + " |" + cells;
    }

    private static boolean isOf(JsonNode result, String client, String feature) {
        return result.path("client").asString().equals(client)
                && result.path("feature").asString().equals(feature);
    }

    @Test
    void whatWasLeftIsChargedForWhatCameAndNothingStaysHeld() {
        customer.booksAtRest();
        var left = customer.statement().stream()
                .filter(line -> line.path("rule").asString().equals("CLIENT_LEFT"))
                .toList();
        assertThat(left).hasSize(NAMES.size()).allSatisfy(line -> assertThat(
                        line.path("completion_tokens").asLong())
                .isBetween(5L, 2_000L));
    }
}
