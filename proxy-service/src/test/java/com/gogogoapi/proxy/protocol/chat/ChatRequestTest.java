package com.gogogoapi.proxy.protocol.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.proxy.body.RequestBody;
import com.gogogoapi.proxy.upstream.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatRequestTest {

    private static final AccountId ACCOUNT = new AccountId("acct_1");

    private static ChatRequest request(String json) {
        return new ChatProtocol(Endpoint.of("chat/completions")).read(RequestBody.of(json.getBytes(UTF_8)));
    }

    private static String rewritten(String json) {
        return request(json).upstreamBody("deepseek-v4-flash", 100, ACCOUNT).toString();
    }

    @Test
    void enforcesTheLimitThatWasHeldFor() {
        assertThat(rewritten(
                        "{\"max_completion_tokens\":200,\"maxCompletionTokens\":3,\"expectedCompletionTokens\":5}"))
                .contains("\"max_tokens\":100")
                .doesNotContain("ompletion");
    }

    @Test
    void asksTheUpstreamForTheRouteWhateverTheClientCallsIt() {
        assertThat(rewritten("{\"model\":\"deepseek-flash\",\"seed\":1}"))
                .startsWith("{\"seed\":1,\"model\":\"deepseek-v4-flash\",");
    }

    @Test
    void keepsOurOwnWordsToOurselves() {
        assertThat(rewritten("{\"quote_id\":\"q\",\"on_insufficient_credit\":\"shrink\"}"))
                .doesNotContain("quote", "shrink");
    }

    @Test
    void leavesEverythingElseAsItIs() {
        assertThat(
                        rewritten(
                                "{\"temperature\":0.10,\"seed\":123456789012345678901234567890,\"tools\":[{\"b\":1,\"a\":null}]}"))
                .startsWith(
                        "{\"temperature\":0.10,\"seed\":123456789012345678901234567890,\"tools\":[{\"b\":1,\"a\":null}]");
    }

    @Test
    void tellsTheUpstreamNothingOfTheCustomer() {
        assertThat(rewritten("{\"user\":\"alice\",\"user_id\":\"alice\"}"))
                .doesNotContain("alice", "acct_1")
                .containsPattern("\"user_id\":\"[0-9a-f-]{36}\"");
        assertThat(rewritten("{}")).isEqualTo(rewritten("{}"));
    }

    @Test
    void alwaysAsksAStreamForItsUsage() {
        var plain = request("{\"stream\":true}");
        assertThat(plain.isStreamed()).isTrue();
        assertThat(plain.asked().isUsageAskedFor()).isFalse();
        assertThat(plain.upstreamBody("deepseek-v4-flash", 1, ACCOUNT).toString())
                .contains("\"stream_options\":{\"include_usage\":true}");
        assertThat(rewritten("{\"stream\":true,\"stream_options\":{\"include_usage\":false,\"x\":1}}"))
                .contains("\"include_usage\":true", "\"x\":1");
        assertThat(rewritten("{}")).doesNotContain("stream_options");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"role":"developer","content":"x"},{"content":"y", "role" : "developer" }] | [{"role":"system","content":"x"},{"content":"y", "role" : "system" }]
            [{"role":"user","content":"developer","x":{"role":"developer"}}] | [{"role":"user","content":"developer","x":{"role":"developer"}}]
            [{"role":"assistant"},{"role":"assistant","content":null},{"role":"assistant","content":""}] | [{"content":"","role":"assistant"},{"role":"assistant","content":""},{"role":"assistant","content":""}]
            [{"role":"assistant","tool_calls":[]},{"role":"assistant","tool_calls":null,"function_call":null}] | [{"content":"","role":"assistant","tool_calls":[]},{"content":"","role":"assistant","tool_calls":null,"function_call":null}]
            [{"role":"assistant","tool_calls":[{"a":[1]},{}]},{"role":"assistant","content":null,"function_call":{"a":1}}] | [{"role":"assistant","tool_calls":[{"a":[1]},{}]},{"role":"assistant","content":null,"function_call":{"a":1}}]
            "developer"                                  | "developer"
            [1,[{"role":"developer"}],"developer"]       | [1,[{"role":"developer"}],"developer"]
            """)
    void tellsTheUpstreamOfASystemAndOfEmptyTexts(String messages, String told) {
        assertThat(rewritten("{\"user\":\"u\",\"messages\":" + messages + ",\"seed\":1}"))
                .startsWith("{\"messages\":" + told + ",\"seed\":1,\"model\":");
        var edited = request("{\"messages\":" + messages + "}").upstreamBody("m", 1, ACCOUNT);
        assertThat(edited.size()).isEqualTo(edited.toString().getBytes(UTF_8).length);
    }
}
