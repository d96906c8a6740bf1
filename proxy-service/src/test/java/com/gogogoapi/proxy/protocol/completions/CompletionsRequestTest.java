package com.gogogoapi.proxy.protocol.completions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.proxy.body.RequestBody;
import org.junit.jupiter.api.Test;

class CompletionsRequestTest {

    private static CompletionsRequest request(String json) {
        return new CompletionsProtocol().read(RequestBody.of(json.getBytes(UTF_8)));
    }

    @Test
    void theUpstreamIsAskedForTheRouteAndTheLimitThatWasHeldFor() {
        var asked = request(
                "{\"model\":\"alias\",\"prompt\":\"def f(\",\"suffix\":\"pass\",\"echo\":true,\"stop\":[\"\\n\"],\"maxCompletionTokens\":9,\"user\":\"ann\"}");
        assertThat(asked.endpoint().path()).isEqualTo("beta/completions");
        assertThat(asked.upstreamBody("route", 7, new AccountId("acct_1")).toString())
                .startsWith(
                        "{\"prompt\":\"def f(\",\"suffix\":\"pass\",\"echo\":true,\"stop\":[\"\\n\"],\"model\":\"route\",\"max_tokens\":7,\"user_id\":")
                .doesNotContain("ann", "alias", "maxCompletionTokens");
    }

    @Test
    void aPromptOfAnyLengthCanBeEchoed() {
        var prompt = "é".repeat(200_000);
        assertThat(request("{\"echo\":true,\"prompt\":\"" + prompt + "\"}").echoedChars())
                .isEqualTo(200_000);
        assertThat(request("{\"echo\":false,\"prompt\":\"abc\"}").echoedChars()).isZero();
        assertThatThrownBy(() -> request("{\"echo\":1,\"prompt\":\"abc\"}"))
                .isInstanceOf(ApiError.class)
                .hasMessage("echo must be true or false.");
    }
}
