package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The clients that people use, unchanged: to each of them a fault of the upstream is an error, and never an answer that is
 * short or empty. OpenAI's SDK for Java is {@link OpenAiSdkTest}'s.
 */
@Tag("acceptance")
class NodeClientsTest {

    private static final List<String> NAMES =
            List.of("openai", "@langchain/openai", "@ai-sdk/openai-compatible", "@ai-sdk/deepseek");

    private static final String WORDS = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
            + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"the end\"},"
            + "\"finish_reason\":null}]}\n\n";
    private static final String FINISH = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
            + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"total_tokens\":11}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private record Case(String name, boolean stream, ScriptedUpstream upstream) {}

    private static final List<Case> GOOD = List.of(
            new Case("a stream", true, ScriptedUpstream.stream(WORDS + FINISH + DONE)),
            new Case(
                    "a stream with empty events and comments",
                    true,
                    ScriptedUpstream.stream(": keep-alive\n\ndata:\n\n" + WORDS + "data: \n\n" + FINISH + DONE)),
            new Case(
                    "a whole answer",
                    false,
                    ScriptedUpstream.whole("{\"id\":\"c1\",\"object\":\"chat.completion\","
                            + "\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                            + "\"content\":\"the end\"},\"finish_reason\":\"stop\"}],"
                            + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"total_tokens\":11}}")));

    private static final List<Case> FAULTS = List.of(
            new Case(
                    "an error object with status 200",
                    false,
                    ScriptedUpstream.whole("{\"error\":{\"message\":\"busy\"}}")),
            new Case("an error string with status 200", false, ScriptedUpstream.whole("{\"error\":\"busy\"}")),
            new Case("no choices", false, ScriptedUpstream.whole("{\"id\":\"c1\",\"choices\":null}")),
            new Case("an empty body", false, ScriptedUpstream.whole("")),
            new Case("a page in place of a stream", true, ScriptedUpstream.of("text/html", "<html>busy</html>")),
            new Case("an empty stream", true, ScriptedUpstream.stream("")),
            new Case(
                    "an error object after content",
                    true,
                    ScriptedUpstream.stream(WORDS + "data: {\"error\":{\"message\":\"busy\"}}\n\n" + DONE)),
            new Case(
                    "an error string after content",
                    true,
                    ScriptedUpstream.stream(WORDS + "data: {\"error\":\"busy\"}\n\n" + DONE)),
            new Case(
                    "event: error after content",
                    true,
                    ScriptedUpstream.stream(WORDS + "event: error\ndata: {\"message\":\"busy\"}\n\n" + DONE)),
            new Case("a stream that breaks off", true, ScriptedUpstream.stream(WORDS)));

    private static Map<String, Map<String, JsonNode>> answers;

    @BeforeAll
    static void ask() throws Exception {
        var system = RunningSystem.shared();
        var customer = system.customer("1.00");
        var cases = Stream.concat(GOOD.stream(), FAULTS.stream())
                .map(one -> Map.of(
                        "name", one.name(),
                        "stream", one.stream(),
                        "prompt", "Hello " + one.upstream().taughtTo(system)))
                .toList();
        var lines = NodeScript.run(
                "ask.mjs",
                Map.of(
                        "baseURL",
                        system.url("/v1"),
                        "apiKey",
                        customer.apiKey(),
                        "model",
                        "deepseek-v4-flash",
                        "cases",
                        cases));
        answers = new LinkedHashMap<>();
        lines.forEach(line -> answers.computeIfAbsent(line.path("name").asString(), name -> new LinkedHashMap<>())
                .put(line.path("client").asString(), line));
        assertThat(answers).hasSize(GOOD.size() + FAULTS.size()).allSatisfy((name, ofClients) -> assertThat(ofClients)
                .containsOnlyKeys(NAMES));
    }

    static Stream<String> goodOnes() {
        return GOOD.stream().map(Case::name);
    }

    static Stream<String> faults() {
        return FAULTS.stream().map(Case::name);
    }

    @ParameterizedTest
    @MethodSource("goodOnes")
    void everyClientReads(String name) {
        assertThat(answers.get(name)).allSatisfy((client, line) -> {
            assertThat(line.path("raised").asBoolean()).as(line.toString()).isFalse();
            assertThat(line.path("said").asString()).isEqualTo("the end");
        });
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyClientRaises(String name) {
        assertThat(answers.get(name))
                .allSatisfy((client, line) -> assertThat(line.path("raised").asBoolean())
                        .as(line.toString())
                        .isTrue());
    }
}
