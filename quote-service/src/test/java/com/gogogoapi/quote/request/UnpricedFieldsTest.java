package com.gogogoapi.quote.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.errors.ApiError;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What is not priced is small, wherever in a request it is, and whatever it is made of. */
class UnpricedFieldsTest {

    private static final String LARGE = "'" + "x".repeat(70_000) + "'";

    private static void check(String json) {
        check(new ChatFormat(), json);
    }

    private static void check(RequestFormat format, String json) {
        try (var parser =
                JsonMapper.shared().createParser(json.replace('\'', '"').getBytes(UTF_8))) {
            UnpricedFields.check(parser, format.priced());
            // It was looked through to its end.
            assertThat(parser.nextToken()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'x':LARGE}                                                                  | x
            {'stop':LARGE}                                                               | stop
            {'user':LARGE}                                                               | user
            {'stream_options':{'x':LARGE}}                                               | stream_options
            {'messages':[{'role':'user','content':'hi','name':LARGE}]}                   | messages.name
            {'messages':[{'role':'user','content':[{'type':'text','text':'hi','x':LARGE}]}]} | messages.content.x
            {'messages':[{'role':'assistant','tool_calls':[{'id':LARGE,'function':{}}]}]} | messages.tool_calls.id
            {'messages':[{'role':'assistant','tool_calls':[{'function':{'x':LARGE}}]}]}  | messages.tool_calls.function.x
            {'messages':[{'role':'user','content':'hi','reasoning_content':LARGE}]}      | messages.reasoning_content
            {'tools':[{'type':LARGE,'function':{'name':'f'}}]}                           | tools.type
            {'messages':[{'role':'tool','content':'','tool_call_id':LARGE}]}             | messages.tool_call_id
            """)
    void areRefusedByNameWhereTheyAreLarge(String json, String named) {
        assertThatThrownBy(() -> check(json.replace("LARGE", LARGE))).isInstanceOfSatisfying(ApiError.class, error -> {
            assertThat(error.status()).isEqualTo(400);
            assertThat(error.getMessage()).startsWith(named + " must be smaller");
        });
    }

    static Stream<Arguments> large() {
        return Stream.of(
                Arguments.of("brackets", "{'x':[" + "[],".repeat(40_000) + "[]]}"),
                Arguments.of("names", "{'x':{" + names("a", 10_000) + "}}"),
                Arguments.of("many small fields", "{" + names("field", 10_000) + "}"),
                Arguments.of("long names", "{" + names("n".repeat(10_000), 8) + "}"),
                Arguments.of("numbers", "{'x':[" + "7,".repeat(40_000) + "7]}"));
    }

    private static String names(String name, int count) {
        var names = new StringBuilder("'" + name + "':1");
        for (var i = 0; i < count; i++) {
            names.append(",'").append(name).append(i).append("':1");
        }
        return names.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("large")
    void areCountedWhateverTheyAreMadeOf(String name, String json) {
        assertThatThrownBy(() -> check(json)).isInstanceOf(ApiError.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'messages':[{'role':'user','content':LARGE}]}
            {'messages':[{'role':'user','content':[{'type':'text','text':LARGE}]}]}
            {'messages':[{'role':'assistant','reasoning_content':LARGE}]}
            {'messages':[{'reasoning_content':LARGE,'tool_calls':[{'function':{'name':LARGE}}],'role':'assistant'}]}
            {'messages':[{'role':'assistant','tool_calls':[{'function':{'name':'f','arguments':LARGE}}]}]}
            {'messages':[{'role':'assistant','function_call':{'name':'f','arguments':LARGE}}]}
            {'tools':[{'type':'function','function':{'description':LARGE}}]}
            {'tools':[{'name':'f','description':LARGE}]}
            {'tools':[{'function':{'x':LARGE}}]}
            {'functions':[{'description':LARGE}]}
            {'response_format':{'json_schema':LARGE}}
            """)
    void areNotWhatIsPriced(String json) {
        assertThatCode(() -> check(json.replace("LARGE", LARGE))).doesNotThrowAnyException();
    }

    static Stream<Arguments> othersUnpriced() {
        return Stream.of(
                Arguments.of(new CompletionsFormat(), "{'prompt':'p','stop':LARGE}", "stop"),
                Arguments.of(new CompletionsFormat(), "{'prompt':'p','messages':LARGE}", "messages"),
                Arguments.of(new MessagesFormat(), "{'messages':[],'prompt':LARGE}", "prompt"),
                Arguments.of(
                        new MessagesFormat(),
                        "{'messages':[{'role':'assistant','content':[{'type':'thinking','signature':LARGE}]}]}",
                        "messages.content.signature"),
                Arguments.of(
                        new MessagesFormat(),
                        "{'messages':[{'role':'assistant','tool_calls':[LARGE]}]}",
                        "messages.tool_calls"),
                Arguments.of(new MessagesFormat(), "{'metadata':{'user_id':LARGE}}", "metadata"),
                Arguments.of(
                        new ChatFormat(),
                        "{'messages':[{'role':'user','content':[{'type':'text','image_url':{'url':LARGE}}]}]}",
                        "messages.content.image_url"),
                Arguments.of(
                        new MessagesFormat(),
                        "{'messages':[{'role':'user','content':[{'type':'text','source':{'data':LARGE}}]}]}",
                        "messages.content.source"),
                Arguments.of(new ResponsesFormat(), "{'messages':[LARGE]}", "messages"),
                Arguments.of(
                        new ResponsesFormat(),
                        "{'input':[{'type':'reasoning','encrypted_content':LARGE}]}",
                        "input.encrypted_content"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("othersUnpriced")
    void inEveryProtocol(RequestFormat format, String json, String named) {
        assertThatThrownBy(() -> check(format, json.replace("LARGE", LARGE)))
                .hasMessageStartingWith(named + " must be smaller");
    }

    static Stream<Arguments> othersPriced() {
        return Stream.of(
                Arguments.of(new CompletionsFormat(), "{'prompt':LARGE,'suffix':LARGE}"),
                Arguments.of(new MessagesFormat(), "{'system':LARGE,'tools':[{'input_schema':LARGE}]}"),
                Arguments.of(new MessagesFormat(), "{'system':[{'type':'text','text':LARGE}]}"),
                Arguments.of(
                        new MessagesFormat(),
                        "{'messages':[{'role':'user','content':[{'type':'tool_result','content':[{'text':LARGE}]}]}]}"),
                Arguments.of(
                        new MessagesFormat(),
                        "{'messages':[{'role':'assistant','content':[{'thinking':LARGE},{'input':{'a':LARGE}}]}]}"),
                Arguments.of(
                        new ChatFormat(),
                        "{'messages':[{'role':'user','content':[{'image_url':{'url':LARGE},'type':'image_url'}]}]}"),
                Arguments.of(
                        new MessagesFormat(),
                        "{'messages':[{'role':'user','content':[{'type':'image','source':{'data':LARGE}},"
                                + "{'type':'tool_result','content':[{'type':'image','source':{'data':LARGE}}]}]}]}"),
                Arguments.of(
                        new ResponsesFormat(), "{'input':[{'content':[{'type':'input_image','image_url':LARGE}]}]}"),
                Arguments.of(new ResponsesFormat(), "{'input':LARGE,'instructions':LARGE,'text':{'format':LARGE}}"),
                Arguments.of(
                        new ResponsesFormat(),
                        "{'input':[{'content':[{'type':'input_text','text':LARGE}]},{'arguments':LARGE},{'output':LARGE}]}"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("othersPriced")
    void whatIsPricedMayBeLargeInEveryProtocol(RequestFormat format, String json) {
        assertThatCode(() -> check(format, json.replace("LARGE", LARGE))).doesNotThrowAnyException();
    }

    @Test
    void mayBeMoreInALongConversation() {
        var message =
                "{'role':'assistant','content':'','tool_calls':[{'id':'call_00_0123456789abcdef','type':'function',"
                        + "'function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'call_00_0123456789abcdef',"
                        + "'content':'','name':'f'}";
        var conversation = "{'messages':[" + (message + ",").repeat(3_000) + message + "]}";
        assertThatCode(() -> check(conversation)).doesNotThrowAnyException();
    }
}
