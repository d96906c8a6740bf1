package com.gogogoapi.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The protocols as DeepSeek speaks them: which events, in which order, and where the usage is. */
class DialectsTest {

    private static JsonNode json(String json) {
        return JsonMapper.shared().readTree(json.replace('\'', '"'));
    }

    private static Generated generated(Dialect dialect, String request, String settings) {
        return Generated.of(
                "id", "m", dialect.asked(json(request)), Behaviour.WELL.askedBy("[[sim: " + settings + "]]"));
    }

    private static String sent(Dialect dialect, String request, String settings) {
        var events = dialect.events(generated(dialect, request, settings), Dialect.Usage.TRAILING);
        return String.join("", events.beginning())
                + String.join("", events.pieces())
                + String.join("", events.ending());
    }

    private static List<String> types(String events) {
        return events.lines()
                .filter(line -> line.startsWith("event: "))
                .map(line -> line.substring("event: ".length()))
                .toList();
    }

    @Test
    void aMessageStopsAfterItsUsage() {
        var events = sent(
                new MessagesDialect(),
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'Hi'}]}",
                "tokens=2, reasoning=1, cached=1");
        assertThat(types(events))
                .containsExactly(
                        "message_start",
                        "ping",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_stop",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        assertThat(events)
                .contains("\"cache_read_input_tokens\":1,\"output_tokens\":0", "\"stop_reason\":\"end_turn\"")
                .contains("\"cache_read_input_tokens\":1,\"output_tokens\":3");
    }

    @Test
    void aResponseCompletesWithAllOfItAndEveryEventHasItsNumber() {
        var events = sent(new ResponsesDialect(), "{'model':'m','input':'Hi'}", "tokens=2, reasoning=1");
        assertThat(types(events))
                .startsWith("response.created", "response.in_progress", "response.output_item.added")
                .contains("response.reasoning_text.delta", "response.output_text.delta", "response.output_text.done")
                .endsWith("response.output_item.done", "response.completed");
        var numbers = events.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> json(line.substring("data: ".length()))
                        .path("sequence_number")
                        .asInt())
                .toList();
        for (var i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(i);
        }
        assertThat(events).doesNotContain("[DONE]").contains("\"reasoning_tokens\":1");
    }

    @Test
    void aResponseThatIsCutOffIsIncomplete() {
        var request = "{'model':'m','input':'Hi','max_output_tokens':2}";
        assertThat(types(sent(new ResponsesDialect(), request, "tokens=9"))).endsWith("response.incomplete");
        assertThat(new ResponsesDialect()
                        .whole(generated(new ResponsesDialect(), request, "tokens=9"), true)
                        .path("incomplete_details")
                        .path("reason")
                        .asString())
                .isEqualTo("max_output_tokens");
    }

    private static final String SCHEMA =
            "{'type':'object','properties':{'city':{'type':'string','minLength':9},'days':{'type':'integer','minimum':3},"
                    + "'unit':{'enum':['C','F']},'at':{'$ref':'#/$defs/at'},'tags':{'type':'array','items':{'type':'boolean'}}},"
                    + "'$defs':{'at':{'type':'string','format':'date'}}}";

    private static void assertFits(JsonNode example) {
        assertThat(example.path("city").asString()).hasSizeGreaterThanOrEqualTo(9);
        assertThat(example.path("days").isIntegralNumber()).isTrue();
        assertThat(example.path("days").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(example.path("unit").asString()).isEqualTo("C");
        assertThat(example.path("at").asString()).isEqualTo("2026-01-01");
        assertThat(example.path("tags").path(0).isBoolean()).isTrue();
    }

    @Test
    void toolsAreCalledAsTheirSchemasAsk() {
        var chat = new ChatDialect()
                .whole(
                        generated(
                                new ChatDialect(),
                                "{'model':'m','messages':[{'role':'user','content':'Hi'}],'tool_choice':'required',"
                                        + "'tools':[{'type':'function','function':{'name':'f','parameters':" + SCHEMA
                                        + "}}]}",
                                ""),
                        true);
        assertThat(chat.at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
        assertFits(JsonMapper.shared()
                .readTree(chat.at("/choices/0/message/tool_calls/0/function/arguments")
                        .asString()));

        var message = new MessagesDialect()
                .whole(
                        generated(
                                new MessagesDialect(),
                                "{'model':'m','messages':[{'role':'user','content':'Hi'}],'tool_choice':{'type':'any'},"
                                        + "'tools':[{'name':'f','input_schema':" + SCHEMA + "}]}",
                                ""),
                        true);
        assertThat(message.path("stop_reason").asString()).isEqualTo("tool_use");
        assertFits(message.at("/content/0/input"));

        var response = new ResponsesDialect()
                .whole(
                        generated(
                                new ResponsesDialect(),
                                "{'model':'m','input':'Hi','tool_choice':'required',"
                                        + "'tools':[{'type':'function','name':'f','parameters':" + SCHEMA + "}]}",
                                ""),
                        true);
        assertFits(
                JsonMapper.shared().readTree(response.at("/output/0/arguments").asString()));
    }

    @Test
    void answersAreJsonAsTheirSchemasAsk() {
        var chat = new ChatDialect()
                .whole(
                        generated(
                                new ChatDialect(),
                                "{'model':'m','messages':[{'role':'user','content':'Hi'}],'response_format':"
                                        + "{'type':'json_schema','json_schema':{'schema':" + SCHEMA + "}}}",
                                ""),
                        true);
        assertFits(JsonMapper.shared()
                .readTree(chat.at("/choices/0/message/content").asString()));
        var response = new ResponsesDialect()
                .whole(
                        generated(
                                new ResponsesDialect(),
                                "{'model':'m','input':'Hi','text':{'format':{'type':'json_schema','schema':" + SCHEMA
                                        + "}}}",
                                ""),
                        true);
        assertFits(JsonMapper.shared()
                .readTree(response.at("/output/0/content/0/text").asString()));
    }

    /** As clients do for upstreams that take no schema. */
    @Test
    void answersAreJsonAsASchemaAsksThatTheConversationSpellsOut() {
        var system = JsonMapper.shared()
                .writeValueAsString(
                        "Return {JSON} that conforms to the following schema: " + SCHEMA.replace('\'', '"'));
        var chat = new ChatDialect()
                .whole(
                        generated(
                                new ChatDialect(),
                                "{'model':'m','messages':[{'role':'system','content':" + system
                                        + "},{'role':'user','content':'Hi'}],'response_format':{'type':'json_object'}}",
                                ""),
                        true);
        assertFits(JsonMapper.shared()
                .readTree(chat.at("/choices/0/message/content").asString()));
    }

    /** So that loops of agents come to an end. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'role':'user','content':'Use f, please.'}                                                  | true
            {'role':'user','content':'Hello.'}                                                          | false
            {'role':'user','content':[{'type':'tool_result','tool_use_id':'1','content':'f is done'}]}  | false
            """)
    void aToolIsCalledWhereTheUserNamesIt(String last, boolean isCalled) {
        assertThat(generated(
                                new MessagesDialect(),
                                "{'model':'m','messages':[" + last + "],'tools':[{'name':'f','input_schema':" + SCHEMA
                                        + "}]}",
                                "")
                        .callsATool())
                .isEqualTo(isCalled);
    }

    /** Two steps of an agent: a call that does something, and an answer by what came of it. */
    @Test
    void aToolIsCalledWithTheArgumentsThatAreWantedAndItsResultSaysWhatToAnswer() {
        var tools = ",'tools':[{'name':'f','input_schema':" + SCHEMA + "}]}";
        var asked = "{'model':'m','messages':[{'role':'user','content':'Do it. [[sim: tool=f, arguments=%s]]'},"
                        .formatted(Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString("{\"city\":\"Rome\"}".getBytes(UTF_8)))
                + "{'role':'system','content':'Be brief.'}]";
        var dialect = new MessagesDialect();
        var first = json(asked + tools);
        var call = Generated.of(
                "id",
                "m",
                dialect.asked(first),
                Behaviour.WELL.askedBy(dialect.asked(first).lastMessage()));
        assertThat(call.tool()).isEqualTo("f");
        assertThat(call.allArguments()).isEqualTo("{\"city\":\"Rome\"}");

        var second = json("{'model':'m','messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'1',"
                + "'content':'done [[sim: say=It is done.]]'}]}]"
                + tools);
        var answer = Generated.of(
                "id",
                "m",
                dialect.asked(second),
                Behaviour.WELL.askedBy(dialect.asked(second).lastMessage()));
        assertThat(answer.callsATool()).isFalse();
        assertThat(answer.allText()).isEqualTo("It is done.");
    }
}
