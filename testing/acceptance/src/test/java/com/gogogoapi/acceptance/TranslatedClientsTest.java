package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients of Responses do with a model whose upstream speaks chat alone what they do with any other. */
@Tag("acceptance")
class TranslatedClientsTest {

    private static final Path CLIENTS = Path.of("target", "clients").toAbsolutePath();
    private static final int ALL_WITHIN_SECONDS = 600;

    private static Customer customer;
    private static List<JsonNode> results;

    @BeforeAll
    static void ask() throws Exception {
        ChatAlone.sold();
        var system = RunningSystem.shared();
        customer = system.customer("1.00");
        var node = new ProcessBuilder("node", "translated.mjs")
                .directory(CLIENTS.toFile())
                .redirectError(CLIENTS.resolve("translated.err").toFile())
                .start();
        try (var input = node.getOutputStream()) {
            input.write(JsonMapper.shared()
                    .writeValueAsBytes(
                            Map.of("origin", system.url(""), "apiKey", customer.apiKey(), "model", ChatAlone.MODEL)));
        }
        var lines = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor(ALL_WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue())
                .as(CLIENTS.resolve("translated.err").toString())
                .isZero();
        results = lines.lines().map(JsonMapper.shared()::readTree).toList();
    }

    static Stream<Arguments> features() {
        return Stream.concat(
                Stream.of(
                                "create",
                                "stream",
                                "tool round trip",
                                "structured output",
                                "abort",
                                "errors",
                                "error in a stream")
                        .map(feature -> Arguments.of("openai", feature)),
                Stream.of("create", "stream", "tool round trip", "structured output", "error in a stream")
                        .map(feature -> Arguments.of("@ai-sdk/openai", feature)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("features")
    void works(String client, String feature) {
        assertThat(results)
                .filteredOn(result -> result.path("client").asString().equals(client)
                        && result.path("feature").asString().equals(feature))
                .singleElement()
                .satisfies(result -> assertThat(result.path("failed").isNull())
                        .as(result.toString())
                        .isTrue());
    }

    @Test
    void nothingStaysHeldAndWhatWasLeftIsChargedForWhatCame() {
        assertThat(customer.booksAtRest().openHolds()).isZero();
        assertThat(customer.statement())
                .filteredOn(line -> line.path("rule").asString().equals("CLIENT_LEFT"))
                .singleElement()
                .satisfies(line ->
                        assertThat(line.path("completion_tokens").asLong()).isBetween(5L, 2_000L));
    }
}
