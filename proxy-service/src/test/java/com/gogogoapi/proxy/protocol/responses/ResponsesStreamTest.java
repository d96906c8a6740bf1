package com.gogogoapi.proxy.protocol.responses;

import static com.gogogoapi.proxy.protocol.Relayed.ofStream;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ResponsesStreamTest {

    private static final String CREATED = event(
            "response.created",
            0,
            "\"response\":{\"id\":\"resp_1\",\"model\":\"m\",\"status\":\"in_progress\",\"error\":null}");
    private static final String WORDS = event("response.output_item.added", 1, "\"item\":{\"type\":\"message\"}")
            + event("response.output_text.delta", 2, "\"delta\":\"Hel\",\"x\":1.000")
            + event("response.output_text.delta", 3, "\"delta\":\"lo\"");

    private static String event(String type, int number, String rest) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":" + number + "," + rest
                + "}\n\n";
    }

    private static String ended(String how, String usage) {
        return event("response." + how, 4, "\"response\":{\"id\":\"resp_1\",\"error\":null,\"usage\":" + usage + "}");
    }

    private static ResponsesStream stream() {
        return new ResponsesStream(Relayed.COSTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "incomplete"})
    void endsWithTheEventThatHasTheUsage(String how) {
        var relayed = ofStream(
                stream(),
                CREATED
                        + WORDS
                        + ended(
                                how,
                                "{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":4},\"output_tokens\":20,\"output_tokens_details\":{\"reasoning_tokens\":6}}")
                        + "data: [DONE]\n\n");
        assertThat(relayed.sent()).isEqualTo(CREATED + WORDS);
        assertThat(relayed.isDone()).isTrue();
        assertThat(relayed.stream().cameToItsEnd()).isTrue();
        var served = relayed.stream().served();
        assertThat(served.usage()).contains(new TokenUsage(9, 4, 20));
        assertThat(served.reasoningTokens()).isEqualTo(6);
        assertThat(served.upstreamRequestId()).isEqualTo("resp_1");
        assertThat(Relayed.text(served)).isEqualTo("Hello");
        assertThat(new String(relayed.stream().end(), UTF_8))
                .startsWith("event: response." + how + "\ndata: {")
                .contains("\"cost_usd\":\"")
                .endsWith("}\n\n");
    }

    @Test
    void anEndWithoutUsageGoesOnAsItCame() {
        var relayed = ofStream(stream(), CREATED + WORDS + ended("completed", "null"));
        assertThat(relayed.isDone()).isTrue();
        assertThat(relayed.stream().served().usage()).isEmpty();
        assertThat(new String(relayed.stream().end(), UTF_8)).isEqualTo(ended("completed", "null"));
    }

    @Test
    void whatFallsSilentIsNotAtItsEnd() {
        assertThat(ofStream(stream(), CREATED + WORDS).stream().cameToItsEnd()).isFalse();
    }

    @Test
    void reasoningRefusalsAndCallsAreContent() {
        var relayed = ofStream(
                stream(),
                event("response.reasoning_text.delta", 1, "\"delta\":\"Hm. \"")
                        + event("response.refusal.delta", 2, "\"delta\":\"No. \"")
                        + event("response.output_item.added", 3, "\"item\":{\"type\":\"function_call\",\"name\":\"f\"}")
                        + event("response.function_call_arguments.delta", 4, "\"delta\":\"{}\"")
                        + event("response.output_text.done", 5, "\"text\":\"again\""));
        assertThat(Relayed.text(relayed.stream())).isEqualTo("Hm. No. f{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: error\ndata: {\"type\":\"error\",\"code\":\"server_error\",\"message\":\"busy\"}\n\n",
                "event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"c\",\"message\":\"busy\"}}}\n\n",
                "data: {\"error\":{\"message\":\"busy\"}}\n\n",
                "data: {\"id\":\"c\",\"choices\":[]}\n\n",
                "data: no JSON\n\n",
            })
    void whatFailsBreaksIt(String event) {
        var relayed = ofStream(stream(), CREATED + event);
        assertThat(relayed.broken()).isNotBlank();
        assertThat(relayed.sent()).isEqualTo(CREATED);
    }

    /** For those who go by events, and for those who go by an error at the top. */
    @Test
    void aBreakIsAFailedResponse() {
        var stream = ofStream(stream(), CREATED + WORDS).stream();
        var event = new String(stream.brokenOff(ApiError.upstreamError("It broke.")), UTF_8);
        assertThat(event).startsWith("event: response.failed\ndata: {").endsWith("}\n\n");
        var json = JsonMapper.shared().readTree(event.substring(event.indexOf('{')));
        assertThat(json.path("sequence_number").asInt()).isEqualTo(4);
        assertThat(json.path("response").path("id").asString()).isEqualTo("resp_1");
        assertThat(json.path("response").path("status").asString()).isEqualTo("failed");
        assertThat(json.path("response").path("error").path("message").asString())
                .isEqualTo("It broke.");
        assertThat(json.path("error").path("message").asString()).isEqualTo("It broke.");
    }

    @Test
    void theUpstreamIsAskedForTheRouteAndTheLimitThatWasHeldFor() {
        var json =
                "{\"input\":\"a\",\"max_output_tokens\":200,\"max_tokens\":3,\"model\":\"alias\",\"user\":\"ann\",\"safety_identifier\":\"ann\",\"store\":false}";
        var asked = new ResponsesProtocol(Endpoint.of("responses")).read(RequestBody.of(json.getBytes(UTF_8)));
        assertThat(asked.upstreamBody("route", 7, new AccountId("acct_1")).toString())
                .startsWith(
                        "{\"input\":\"a\",\"max_tokens\":3,\"store\":false,\"model\":\"route\",\"max_output_tokens\":7,\"user_id\":\"")
                .doesNotContain("ann", "alias", "200");
    }

    @Test
    void readsAWholeResponse() throws NotAnAnswer {
        var served = ResponsesAnswer.served(("{\"id\":\"resp_1\",\"error\":null,\"status\":\"completed\",\"output\":["
                        + "{\"type\":\"reasoning\",\"summary\":[],\"content\":[{\"type\":\"reasoning_text\",\"text\":\"Hm. \"}]},"
                        + "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hi\"}]},"
                        + "{\"type\":\"function_call\",\"name\":\"f\",\"arguments\":\"{}\"}],"
                        + "\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}")
                .getBytes(UTF_8));
        assertThat(served.usage()).contains(new TokenUsage(3, 0, 4));
        assertThat(Relayed.text(served)).isEqualTo("Hm. Hif{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"status\":\"failed\",\"error\":{\"code\":\"c\",\"message\":\"busy\"},\"output\":[]}",
                "{\"status\":\"failed\",\"error\":null,\"output\":[]}",
                "{\"id\":\"resp_1\",\"output\":null}",
            })
    void whatIsNoResponseIsNoAnswer(String body) {
        assertThatThrownBy(() -> ResponsesAnswer.served(body.getBytes(UTF_8))).isInstanceOf(NotAnAnswer.class);
    }
}
