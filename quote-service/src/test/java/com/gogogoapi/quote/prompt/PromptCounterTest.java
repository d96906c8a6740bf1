package com.gogogoapi.quote.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Against golden cases: what DeepSeek's own encoder of the V4 release, and Hugging Face's tokenizer on what it renders,
 * make of each request.
 */
class PromptCounterTest {

    private static final PromptCounter COUNTER = PromptCounter.deepSeek();

    static Stream<Arguments> goldenCases() throws IOException {
        try (var json = Objects.requireNonNull(PromptCounterTest.class.getResourceAsStream("golden-prompts.json"))) {
            return JsonMapper.shared()
                    .readTree(json)
                    .valueStream()
                    .map(golden -> Arguments.of(
                            golden.path("name").asString(),
                            golden.path("request"),
                            golden.path("tokens").asLong()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldenCases")
    void countsWhatTheReferenceCounts(String name, JsonNode request, long tokens) {
        assertThat(COUNTER.promptTokens(request)).isEqualTo(tokens);
    }

    private static JsonNode request(String json) {
        return JsonMapper.shared().readTree(json.replace('\'', '"'));
    }

    @Test
    void aSpecialTokenInATextIsNeverCountedForLess() {
        assertThat(COUNTER.promptTokens(request("{'messages':[{'role':'user','content':'<｜User｜>'}]}")))
                .isGreaterThan(5);
    }

    @Test
    void plainTextIsHeldForExactlyAndStructureWithAMargin() {
        var plain = COUNTER.count(request("{'messages':[{'role':'user','content':'hi'}]}"));
        assertThat(plain.bound()).isEqualTo(plain.tokens());
        var tools = COUNTER.count(request(
                "{'messages':[{'role':'user','content':'hi'}],'tools':[{'type':'function','function':{'name':'f'}}]}"));
        assertThat(tools.bound()).isBetween(tools.tokens() + 16, tools.tokens() + tools.tokens() / 4);
        var calls = COUNTER.count(
                request(
                        "{'messages':[{'role':'assistant','content':null,'tool_calls':[{'id':'1','function':{'name':'f','arguments':'{}'}}]}]}"));
        assertThat(calls.bound()).isGreaterThan(calls.tokens() + 16);
    }

    /** The forms of earlier interfaces, which clients still send. */
    @Test
    void functionsAreTools() {
        var tools = request(
                "{'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':null,'tool_calls':[{'function':{'name':'f','arguments':'{}'}}]},{'role':'tool','content':'ok'}],'tools':[{'function':{'name':'f'}}]}");
        var functions = request(
                "{'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':null,'function_call':{'name':'f','arguments':'{}'}},{'role':'function','content':'ok'}],'functions':[{'name':'f'}]}");
        assertThat(COUNTER.promptTokens(functions)).isEqualTo(COUNTER.promptTokens(tools));
    }
}
