package com.gogogoapi.proxy.protocol.responses.translated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.proxy.protocol.Relayed;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chat's chunks as the events of a response. */
class TranslatedStreamTest {

    private static final String ROLE = chunk("{'role':'assistant','content':''}", "null", "");
    private static final String USAGE =
            "data: {'choices':[],'usage':{'prompt_tokens':9,'completion_tokens':4}}\n\n".replace('\'', '"');
    private static final String DONE = "data: [DONE]\n\n";

    private static String chunk(String delta, String finishReason, String more) {
        return ("data: {'id':'c1','choices':[{'index':0,'delta':" + delta + ",'finish_reason':" + finishReason + "}]"
                        + more + "}\n\n")
                .replace('\'', '"');
    }

    private static String said(String text) {
        return chunk("{'content':'" + text + "'}", "null", "");
    }

    private static String finish(String reason) {
        return chunk("{'content':''}", "'" + reason + "'", "");
    }

    private static Relayed relayed(String chunks) {
        return Relayed.ofStream(
                TranslatedRequestTest.request("{'model':'m','input':'hi','stream':true}").stream(Relayed.COSTS),
                chunks);
    }

    private static List<JsonNode> events(String sent) {
        return sent.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> JsonMapper.shared().readTree(line.substring("data: ".length())))
                .toList();
    }

    private static List<JsonNode> allEvents(Relayed relayed) {
        return events(relayed.sent() + new String(relayed.stream().end(), UTF_8));
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asString()).toList();
    }

    @Test
    void reasoningTextAndTheEndComeInTheOrderOfResponses() {
        var relayed = relayed(ROLE
                + chunk("{'reasoning_content':'h'}", "null", "")
                + chunk("{'reasoning_content':'m'}", "null", "")
                + said("Hel")
                + said("lo")
                + finish("stop")
                + USAGE
                + DONE);
        assertThat(relayed.isDone()).isTrue();
        var events = allEvents(relayed);
        assertThat(types(events))
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.reasoning_text.delta",
                        "response.reasoning_text.delta",
                        "response.reasoning_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        for (var i = 0; i < events.size(); i++) {
            assertThat(events.get(i).path("sequence_number").asInt()).isEqualTo(i);
        }
        assertThat(events.get(0).path("response").path("status").asString()).isEqualTo("in_progress");
        assertThat(events.get(11).path("output_index").asInt()).isEqualTo(1);
        assertThat(events.get(11).path("item_id"))
                .isEqualTo(events.get(9).path("item").path("id"));
        assertThat(events.get(13).path("text").asString()).isEqualTo("Hello");
        var response = events.getLast().path("response");
        assertThat(response.path("id")).isEqualTo(events.get(0).path("response").path("id"));
        assertThat(response.path("output")).hasSize(2);
        assertThat(response.at("/output/0")).isEqualTo(events.get(8).path("item"));
        assertThat(response.at("/usage/output_tokens").asLong()).isEqualTo(4);
        assertThat(response.at("/usage/cost_usd").asString())
                .isEqualTo(Relayed.COSTS.apply(new TokenUsage(9, 0, 4)).toString());
        assertThat(Relayed.text(relayed.stream())).isEqualTo("hmHello");
        assertThat(relayed.stream().served().upstreamRequestId()).isEqualTo("c1");
        assertThat(relayed.sent() + new String(relayed.stream().end(), UTF_8)).doesNotContain("[DONE]");
    }

    @Test
    void eachCallIsAnItemOfItsOwn() {
        var relayed = relayed(ROLE
                + chunk("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':''}}]}", "null", "")
                + chunk("{'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]}", "null", "")
                + chunk("{'tool_calls':[{'index':1,'id':'b','function':{'name':'g','arguments':'{'}}]}", "null", "")
                + chunk("{'tool_calls':[{'index':1,'function':{'arguments':'}'}}]}", "null", "")
                + finish("tool_calls")
                + USAGE
                + DONE);
        var events = allEvents(relayed);
        assertThat(types(events))
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.completed");
        assertThat(events.get(2).at("/item/name").asString()).isEqualTo("f");
        assertThat(events.get(2).at("/item/arguments").asString()).isEmpty();
        var output = events.getLast().path("response").path("output");
        assertThat(output.at("/0/call_id").asString()).isEqualTo("a");
        assertThat(output.at("/1/call_id").asString()).isEqualTo("b");
        assertThat(output.at("/0/arguments").asString()).isEqualTo("{}");
        assertThat(output.at("/1/arguments").asString()).isEqualTo("{}");
    }

    @Test
    void whatReachedTheLimitIsIncomplete() {
        var relayed = relayed(ROLE + said("Hel") + finish("length") + USAGE + DONE);
        var last = allEvents(relayed).getLast();
        assertThat(last.path("type").asString()).isEqualTo("response.incomplete");
        assertThat(last.at("/response/incomplete_details/reason").asString()).isEqualTo("max_output_tokens");
        assertThat(last.at("/response/output/0/status").asString()).isEqualTo("incomplete");
    }

    @Test
    void whatBreaksOffFails() {
        var relayed = relayed(ROLE + said("Hel"));
        assertThat(relayed.stream().cameToItsEnd()).isFalse();
        var broken = new String(relayed.stream().brokenOff(ApiError.upstreamError("The upstream failed.")), UTF_8);
        var event = events(broken).getLast();
        assertThat(broken).startsWith("event: response.failed\ndata: {");
        assertThat(event.path("sequence_number").asInt()).isEqualTo(5);
        assertThat(event.at("/response/status").asString()).isEqualTo("failed");
        assertThat(event.at("/response/error/code").asString()).isEqualTo("upstream_error");
        assertThat(event.at("/error/message").asString()).isEqualTo("The upstream failed.");
    }

    @Test
    void whatIsNoChunkOrAnErrorBreaksIt() {
        assertThat(relayed(ROLE + "data: {\"x\":1}\n\n").broken()).contains("no chunk");
        assertThat(relayed(ROLE + "data: {\"error\":{\"message\":\"out of luck\"}}\n\n")
                        .broken())
                .contains("out of luck");
    }

    @Test
    void signsOfLifeGoOnAndNothingElseThatIsNoneOfIts() {
        var relayed = relayed(": keep-alive\n\n" + "event: ping\ndata: {}\n\n" + DONE);
        assertThat(relayed.sent()).isEqualTo(": keep-alive\n\n".repeat(2));
        var events = allEvents(relayed);
        assertThat(types(events)).containsExactly("response.created", "response.in_progress", "response.completed");
        assertThat(events.getLast().path("response").path("usage").isNull()).isTrue();
    }

    @Test
    void anEndWithoutUsageSaysNone() {
        var relayed = relayed(ROLE + said("Hel") + finish("stop") + DONE);
        assertThat(allEvents(relayed).getLast().at("/response/usage").isNull()).isTrue();
        assertThat(relayed.stream().served().usage()).isEmpty();
    }
}
