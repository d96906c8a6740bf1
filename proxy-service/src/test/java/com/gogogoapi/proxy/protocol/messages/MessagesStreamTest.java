package com.gogogoapi.proxy.protocol.messages;

import static com.gogogoapi.proxy.protocol.Relayed.ofStream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.execution.Protocol.Verdict;
import com.gogogoapi.proxy.protocol.Relayed;
import com.gogogoapi.proxy.upstream.EventStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class MessagesStreamTest {

    private static final String START = event(
            "message_start",
            "\"message\":{\"id\":\"msg_1\",\"content\":[],\"usage\":{\"input_tokens\":7,\"cache_read_input_tokens\":5,\"cache_creation_input_tokens\":2,\"output_tokens\":1}}");
    private static final String WORDS =
            event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}")
                    + event(
                            "content_block_delta",
                            "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hel\"},\"x\":1.000")
                    + event("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"lo\"}")
                    + event("content_block_stop", "\"index\":0");
    private static final String STOP = event("message_stop", "\"x\":true");

    private static String event(String type, String rest) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + rest + "}\n\n";
    }

    private static String delta(String usage) {
        return event("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\"}" + usage);
    }

    private static MessagesStream stream() {
        return new MessagesStream(new MessagesErrors("the-id"), Relayed.COSTS);
    }

    @Test
    void goesOnByteForByteAndEndsWithTheUpstreamsOwnEnd() {
        var relayed =
                ofStream(stream(), START + "event: ping\ndata: {\"type\":\"ping\"}\n\n" + WORDS + delta("") + STOP);
        assertThat(relayed.sent()).isEqualTo(START + "event: ping\ndata: {\"type\":\"ping\"}\n\n" + WORDS + delta(""));
        assertThat(relayed.isDone()).isTrue();
        assertThat(new String(relayed.stream().end(), UTF_8)).isEqualTo(STOP);
        assertThat(Relayed.text(relayed.stream())).isEqualTo("Hello");
        assertThat(relayed.stream().served().upstreamRequestId()).isEqualTo("msg_1");
    }

    /** Nothing was generated then: to believe it would charge one token for a whole answer. */
    @Test
    void whatIsStatedAtTheBeginningIsNoUsageYet() {
        var relayed = ofStream(stream(), START + WORDS + delta("") + STOP);
        assertThat(relayed.stream().served().usage()).isEmpty();
    }

    @Test
    void thePromptsCountsHoldFromTheBeginningAndTheCacheIsApartFromTheInput() {
        var relayed = ofStream(stream(), START + WORDS + delta(",\"usage\":{\"output_tokens\":20}") + STOP);
        assertThat(relayed.stream().served().usage()).contains(new TokenUsage(14, 5, 20));
        assertThat(relayed.sent()).contains("\"usage\":{\"output_tokens\":20,\"cost\":", "\"cost_usd\":\"");
    }

    @Test
    void theLastUsageThatSaysSomethingCounts() {
        var relayed = ofStream(
                stream(),
                START
                        + delta(",\"usage\":{\"output_tokens\":20}")
                        + delta(
                                ",\"usage\":{\"input_tokens\":9,\"cache_read_input_tokens\":0,\"cache_creation_input_tokens\":0,\"output_tokens\":30}")
                        + delta(
                                ",\"usage\":{\"input_tokens\":0,\"cache_read_input_tokens\":0,\"cache_creation_input_tokens\":0,\"output_tokens\":0}"));
        assertThat(relayed.stream().served().usage()).contains(new TokenUsage(9, 0, 30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "-1", "1e3", "\"20\"", "9223372036854775807", "1000000000000000000000000000000"})
    void whatCannotBeIsNoUsage(String tokens) {
        assertThat(ofStream(stream(), START + delta(",\"usage\":{\"output_tokens\":" + tokens + "}")).stream()
                        .served()
                        .usage())
                .isEmpty();
        assertThat(
                        ofStream(stream(), delta(",\"usage\":{\"input_tokens\":" + tokens + ",\"output_tokens\":1}"))
                                .stream()
                                .served()
                                .usage())
                .isEmpty();
    }

    @Test
    void thinkingAndCallsAreContent() {
        var relayed = ofStream(
                stream(),
                event("content_block_delta", "\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"Hm. \"}")
                        + event("content_block_delta", "\"delta\":{\"type\":\"signature_delta\",\"signature\":\"zzz\"}")
                        + event(
                                "content_block_start",
                                "\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"weather\",\"input\":{}}")
                        + event(
                                "content_block_delta",
                                "\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}"));
        assertThat(Relayed.text(relayed.stream())).isEqualTo("Hm. weather{}");
    }

    @Test
    void anAnswerWhoseStreamFellSilentAfterItsReasonToStopIsAtItsEnd() {
        var relayed = ofStream(stream(), START + WORDS + delta(""));
        assertThat(relayed.stream().cameToItsEnd()).isTrue();
        assertThat(new String(relayed.stream().end(), UTF_8))
                .isEqualTo("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        assertThat(ofStream(stream(), START + WORDS).stream().cameToItsEnd()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}}\n\n",
                "data: {\"type\":\"error\",\"error\":{\"message\":\"busy\"}}\n\n",
                "data: {\"id\":\"c\",\"choices\":[]}\n\n",
                "data: no JSON\n\n",
                "data: [1]\n\n",
                "event: content_block_delta\ndata: {\"type\":\"content_bl",
            })
    void whatIsAnErrorOrNoEventOfAMessageBreaksIt(String event) {
        var relayed = ofStream(stream(), START + event);
        assertThat(relayed.broken()).isNotBlank();
        assertThat(relayed.sent()).isEqualTo(START);
    }

    @Test
    void aBreakIsToldInAnthropicsForm() {
        var event = new String(stream().brokenOff(ApiError.upstreamError("It broke.")), UTF_8);
        assertThat(event).startsWith("event: error\ndata: {").endsWith("}\n\n");
        var json = JsonMapper.shared().readTree(event.substring(event.indexOf('{')));
        assertThat(json.path("type").asString()).isEqualTo("error");
        assertThat(json.path("error").path("type").asString()).isEqualTo("api_error");
        assertThat(json.path("error").path("message").asString()).isEqualTo("It broke.");
        assertThat(json.path("request_id").asString()).isEqualTo("the-id");
    }

    /** It may stand in a queue after its first event: only content begins the time for which there must be more. */
    @Test
    void waitingForItsTurnIsASignOfLifeAndNoProgress() throws IOException {
        for (var waiting : new String[] {START, event("ping", "\"x\":1"), ": keep-alive\n\n"}) {
            var event = new EventStream(new ByteArrayInputStream(waiting.getBytes(UTF_8))).next();
            assertThat(stream().look(event))
                    .isInstanceOfSatisfying(Verdict.Forward.class, forward -> assertThat(forward.content())
                            .isFalse());
        }
    }
}
