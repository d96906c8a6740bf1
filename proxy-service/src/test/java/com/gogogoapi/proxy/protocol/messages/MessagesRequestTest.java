package com.gogogoapi.proxy.protocol.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.body.RequestBody;
import com.gogogoapi.proxy.execution.NotAnAnswer;
import com.gogogoapi.proxy.protocol.Relayed;
import com.gogogoapi.proxy.upstream.Endpoint;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class MessagesRequestTest {

    private static final MessagesErrors ERRORS = new MessagesErrors("the-id");

    private static String rewritten(String json) {
        return new MessagesProtocol(Endpoint.of("anthropic/v1/messages"), ERRORS)
                .read(RequestBody.of(json.getBytes(UTF_8)))
                .upstreamBody("deepseek-v4-flash", 100, new AccountId("acct_1"))
                .toString();
    }

    @Test
    void leavesAllButTheRouteTheLimitAndTheCustomersIdAsItIs() {
        var rest =
                "\"system\":[{\"type\":\"text\",\"text\":\"a\",\"cache_control\":{\"type\":\"ephemeral\"}}],\"temperature\":0.10,\"x\":1e2";
        assertThat(
                        rewritten(
                                "{" + rest
                                        + ",\"max_tokens\":200,\"model\":\"alias\",\"metadata\":{\"user_id\":\"ann\"},\"quote_id\":\"q\"}"))
                .startsWith(
                        "{" + rest + ",\"model\":\"deepseek-v4-flash\",\"max_tokens\":100,\"metadata\":{\"user_id\":\"")
                .doesNotContain("ann", "acct_1", "quote_id", "alias");
    }

    @Test
    void readsAWholeMessage() throws NotAnAnswer {
        var served = MessagesAnswer.served(
                ("{\"id\":\"msg_1\",\"type\":\"message\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"Hm. \"},"
                                + "{\"type\":\"text\",\"text\":\"Hi\"},{\"type\":\"tool_use\",\"name\":\"f\",\"input\":{\"a\":1}}],"
                                + "\"usage\":{\"input_tokens\":3,\"cache_read_input_tokens\":2,\"output_tokens\":4}}")
                        .getBytes(UTF_8));
        assertThat(served.usage()).contains(new TokenUsage(5, 2, 4));
        assertThat(served.upstreamRequestId()).isEqualTo("msg_1");
        assertThat(Relayed.text(served)).isEqualTo("Hm. Hif{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"busy\"",
                "<html>",
                "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"busy\"}}",
                "{\"id\":\"msg_1\",\"content\":null}",
                "{\"choices\":[{\"message\":{\"content\":\"Hi\"}}]}",
            })
    void whatIsNoMessageIsNoAnswer(String body) {
        assertThatThrownBy(() -> MessagesAnswer.served(body.getBytes(UTF_8))).isInstanceOf(NotAnAnswer.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error",
        "401, authentication_error",
        "402, billing_error",
        "403, permission_error",
        "404, not_found_error",
        "413, request_too_large",
        "422, invalid_request_error",
        "429, rate_limit_error",
        "500, api_error",
        "502, api_error",
        "503, overloaded_error",
        "504, timeout_error",
    })
    void everyErrorHasAnthropicsType(int status, String type) {
        var error = ApiError.other(status, "ours", "a_code", "It is so.");
        var body = JsonMapper.shared().valueToTree(ERRORS.body(status, error.fields()));
        assertThat(body.path("type").asString()).isEqualTo("error");
        assertThat(body.path("error").path("type").asString()).isEqualTo(type);
        assertThat(body.path("error").path("message").asString()).isEqualTo("It is so.");
        assertThat(body.path("error").path("code").asString()).isEqualTo("a_code");
        assertThat(body.path("error").has("param")).isFalse();
    }

    @Test
    void a402SaysWhatWouldFitAndALongPromptWhatAgentsLookFor() {
        var credit = ApiError.insufficientCredits("Too little.").withDetail("affordable_max_tokens", 7);
        assertThat(JsonMapper.shared()
                        .valueToTree(ERRORS.body(402, credit.fields()))
                        .path("error")
                        .path("affordable_max_tokens")
                        .asInt())
                .isEqualTo(7);
        // As it comes from another service: as JSON.
        var tooLong = JsonMapper.shared()
                .readTree(
                        "{\"message\":\"the maximum context length is 10 tokens\",\"code\":\"context_length_exceeded\",\"param\":null}");
        var fields = new LinkedHashMap<String, Object>();
        tooLong.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        var error = JsonMapper.shared().valueToTree(ERRORS.body(400, fields)).path("error");
        assertThat(error.path("message").asString())
                .isEqualTo("prompt is too long: the maximum context length is 10 tokens");
        assertThat(error.has("param")).isFalse();
    }
}
