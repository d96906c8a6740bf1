package com.gogogoapi.quote.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.quote.RequestProtocol;
import com.gogogoapi.quote.prompt.PromptCounter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same conversation is the same prompt, whichever protocol it comes in: it is counted alike. */
class OneConversationTest {

    private static final PromptCounter COUNTER = PromptCounter.deepSeek();

    private static PromptCounter.Count count(RequestProtocol protocol, String json) {
        return COUNTER.count(read(protocol, json).prompt());
    }

    private static PricedRequest read(RequestProtocol protocol, String json) {
        return Requests.read(
                protocol, ("{'model':'m'," + json + "}").replace('\'', '"').getBytes(UTF_8));
    }

    static Stream<Arguments> conversations() {
        return Stream.of(
                Arguments.of(
                        "one question",
                        "'messages':[{'role':'user','content':'Summarize this.'}]",
                        "'max_tokens':5,'messages':[{'role':'user','content':'Summarize this.'}]",
                        "'input':'Summarize this.'"),
                Arguments.of(
                        "a system prompt, and text in parts",
                        "'messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'Hello there.'}]",
                        "'system':[{'type':'text','text':'Be brief.'}],"
                                + "'messages':[{'role':'user','content':[{'type':'text','text':'Hello '},{'type':'text','text':'there.'}]}]",
                        "'instructions':'Be brief.','input':[{'role':'user','content':[{'type':'input_text','text':'Hello there.'}]}]"),
                Arguments.of(
                        "what the system says in between, as Claude Code has it",
                        "'messages':[{'role':'user','content':'Hello there.'},{'role':'system','content':'Be brief.'}]",
                        "'messages':[{'role':'user','content':'Hello there.'},"
                                + "{'role':'system','content':[{'type':'text','text':'Be brief.','cache_control':{'type':'ephemeral'}}]}]",
                        "'input':[{'role':'user','content':'Hello there.'},{'role':'system','content':'Be brief.'}]"),
                Arguments.of(
                        "an answer before",
                        "'messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':'Yes?'},{'role':'user','content':'Go on.'}]",
                        "'messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':'Yes?'},{'role':'user','content':'Go on.'}]",
                        "'input':[{'role':'user','content':'Hi'},{'type':'message','role':'assistant','content':[{'type':'output_text','text':'Yes?'}]},{'role':'user','content':'Go on.'}]"),
                Arguments.of(
                        "a tool that was called",
                        "'messages':[{'role':'user','content':'Weather?'},{'role':'assistant','content':'Let me see.','reasoning_content':'A tool.',"
                                + "'tool_calls':[{'function':{'name':'weather','arguments':'{\\\"city\\\":\\\"Rome\\\"}'}}]},"
                                + "{'role':'tool','content':'sunny'}],"
                                + "'tools':[{'type':'function','function':{'name':'weather','description':'Tells it.','parameters':{'type':'object'}}}]",
                        "'messages':[{'role':'user','content':'Weather?'},{'role':'assistant','content':[{'type':'thinking','thinking':'A tool.','signature':'s'},"
                                + "{'type':'text','text':'Let me see.'},{'type':'tool_use','id':'1','name':'weather','input':{'city':'Rome'}}]},"
                                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'1','content':'sunny'}]}],"
                                + "'tools':[{'name':'weather','description':'Tells it.','input_schema':{'type':'object'}}]",
                        "'input':[{'role':'user','content':'Weather?'},{'type':'reasoning','summary':[],'content':[{'type':'reasoning_text','text':'A tool.'}]},"
                                + "{'type':'message','role':'assistant','content':'Let me see.'},"
                                + "{'type':'function_call','call_id':'1','name':'weather','arguments':'{\\\"city\\\":\\\"Rome\\\"}'},"
                                + "{'type':'function_call_output','call_id':'1','output':'sunny'}],"
                                + "'tools':[{'type':'function','name':'weather','description':'Tells it.','parameters':{'type':'object'}}]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conversations")
    void isCountedAlike(String name, String chat, String messages, String responses) {
        var counted = count(RequestProtocol.CHAT, chat);
        assertThat(counted.tokens()).isPositive();
        assertThat(count(RequestProtocol.MESSAGES, messages)).isEqualTo(counted);
        assertThat(count(RequestProtocol.RESPONSES, responses)).isEqualTo(counted);
    }

    /** Whatever differs is a token or so of how numbers and order of a call's arguments are written. */
    @Test
    void anAnswerToGoOnFromIsLeftOpen() {
        assertThat(count(RequestProtocol.MESSAGES, "'messages':[{'role':'assistant','content':'Once'}]"))
                .isEqualTo(count(
                        RequestProtocol.CHAT, "'messages':[{'role':'assistant','content':'Once','prefix':true}]"));
    }

    @Test
    void eachProtocolHasANameOfItsOwnForTheLimit() {
        assertThat(read(RequestProtocol.MESSAGES, "'max_tokens':7,'messages':[{'role':'user','content':'a'}]")
                        .completionLimit())
                .hasValue(7);
        assertThat(read(RequestProtocol.RESPONSES, "'max_output_tokens':8,'input':'a'")
                        .completionLimit())
                .hasValue(8);
        assertThat(read(RequestProtocol.RESPONSES, "'max_tokens':8,'input':'a'").completionLimit())
                .isEmpty();
    }

    /** As the upstream gets it. */
    @Test
    void aDeveloperOfChatIsCountedAsASystem() {
        var conversation = "'messages':[{'role':'ROLE','content':'Be brief.'},{'role':'user','content':'Hi'},"
                + "{'role':'assistant','content':'Yes?'},{'role':'ROLE','content':'And polite.'}]";
        assertThat(count(RequestProtocol.CHAT, conversation.replace("ROLE", "developer")))
                .isEqualTo(count(RequestProtocol.CHAT, conversation.replace("ROLE", "system")));
        assertThat(read(RequestProtocol.CHAT, conversation.replace("ROLE", "developer"))
                        .body()
                        .toString())
                .as("what a quote is bound to is the client's own")
                .contains("developer");
    }

    @Test
    void anAssistantWhoSaysNothingSaysAnEmptyText() {
        var empty = count(
                RequestProtocol.CHAT, "'messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':''}]");
        for (var nothing :
                new String[] {"", ",'content':null", ",'tool_calls':[]", ",'content':null,'tool_calls':null"}) {
            assertThat(count(
                            RequestProtocol.CHAT,
                            "'messages':[{'role':'user','content':'Hi'},{'role':'assistant'" + nothing + "}]"))
                    .isEqualTo(empty);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CHAT        | 'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'x'}}]}] | messages[0].content[0].image_url.url must be an http(s) address, or data:image/
            CHAT        | 'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/svg+xml;base64,AA'}}]}] | messages[0].content[0].image_url.url must be
            CHAT        | 'messages':[{'role':'system','content':[{'type':'image_url','image_url':{'url':'https://a'}}]}] | Every part of messages[0].content must be text, not image_url: only text
            CHAT        | 'messages':[{'role':'user','content':[{'type':'input_audio'}]}]                      | Every part of messages[0].content must be text, not input_audio: only text
            CHAT        | 'messages':[{'role':'user'}]                                                         | messages[0].content must be a string or an array of text parts.
            CHAT        | 'messages':[{'role':'user','content':'a'}],'n':2                                     | n must be 1
            MESSAGES    | 'messages':[{'role':'user','content':'a'}],'n':2                                     | n must be 1
            RESPONSES   | 'input':'a','n':2                                                                    | n must be 1
            MESSAGES    | 'messages':[{'role':'user','content':'a'}],'max_tokens':0                            | max_tokens must be a whole number from 1
            RESPONSES   | 'input':'a','max_output_tokens':0                                                    | max_output_tokens must be a whole number from 1
            COMPLETIONS | 'prompt':'a','max_tokens':-1                                                         | max_tokens must be a whole number from 1
            MESSAGES    | 'messages':[{'role':'wizard','content':'a'}]                                         | messages[0].role must be user, assistant or system.
            MESSAGES    | 'messages':[{'role':'system','content':[{'type':'image'}]}]                          | messages[0].content[0] must be text, not image
            MESSAGES    | 'messages':[{'role':'user','content':1}]                                             | messages[0].content must be a string or an array of blocks.
            MESSAGES    | 'messages':[{'role':'user','content':[{'type':'image','source':{}}]}]                | messages[0].content[0].source.type must be base64 or url
            MESSAGES    | 'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64','media_type':'application/pdf','data':'A'}}]}] | messages[0].content[0].source.media_type must be image/jpeg
            MESSAGES    | 'messages':[{'role':'user','content':[{'type':'document','source':{}}]}]             | messages[0].content[0] must be text, image or tool_result, not document
            MESSAGES    | 'messages':[{'role':'assistant','content':[{'type':'image','source':{}}]}]           | messages[0].content[0] must be text, thinking or tool_use, not image
            MESSAGES    | 'messages':[{'role':'user','content':[{'type':'tool_result','content':[{'type':'image'}]}]}] | messages[0].content[0].content[0].source.type must be base64 or url
            MESSAGES    | 'messages':[{'role':'user','content':[{'type':'tool_result','content':[{'type':'document'}]}]}] | messages[0].content[0].content[0] must be text or image, not document
            MESSAGES    | 'messages':[{'role':'assistant','content':[{'type':'tool_use','name':'f'}]}]         | messages[0].content[0].input must be an object.
            MESSAGES    | 'messages':[]                                                                        | messages must be a non-empty array.
            MESSAGES    | 'messages':[{'role':'user','content':'a'}],'system':1                                | system must be a string or an array of text blocks.
            RESPONSES   | 'input':[]                                                                           | input must be a non-empty array.
            RESPONSES   | 'instructions':'a'                                                                   | input must be a string or a non-empty array.
            RESPONSES   | 'input':'a','store':true                                                             | store must be false or left out: responses are not kept
            RESPONSES   | 'input':'a','previous_response_id':'resp_1'                                          | previous_response_id must be left out: nothing is kept here
            RESPONSES   | 'input':'a','background':true                                                        | background must be false or left out
            RESPONSES   | 'input':[{'type':'item_reference','id':'1'}]                                         | input[0].type must not be item_reference, since nothing is kept here
            RESPONSES   | 'input':[{'type':'compaction'}]                                                          | input[0].type must be message, reasoning
            RESPONSES   | 'input':[{'role':'user','content':[{'type':'input_image'}]}]                         | input[0].content[0].image_url must be an http(s) address
            RESPONSES   | 'input':[{'role':'user','content':[{'type':'input_image','file_id':'f'}]}]           | input[0].content[0].file_id must be left out
            RESPONSES   | 'input':[{'role':'user','content':[{'type':'input_file','file_id':'f'}]}]            | Every part of input[0].content must be text, not input_file
            RESPONSES   | 'input':[{'role':'developer','content':[{'type':'input_image','image_url':'https://a'}]}] | Every part of input[0].content must be text, not input_image: only text
            RESPONSES   | 'input':[{'type':'function_call','name':'f'}]                                        | input[0].arguments must be a string.
            COMPLETIONS | 'prompt':['a']                                                                       | prompt must be a string.
            COMPLETIONS | 'prompt':'a','best_of':2                                                             | best_of must be 1
            COMPLETIONS | 'prompt':'a','n':2                                                                   | n must be 1
            COMPLETIONS | 'prompt':'a','echo':'yes'                                                            | echo must be true or false.
            COMPLETIONS | 'prompt':'a','messages':[]                                                           | messages must be left out
            """)
    void whatCannotBePricedIsRefusedWithWords(RequestProtocol protocol, String json, String message) {
        assertThatThrownBy(() -> read(protocol, json)).isInstanceOfSatisfying(ApiError.class, error -> {
            assertThat(error.status()).isEqualTo(400);
            assertThat(error.getMessage()).startsWith(message);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'input':'a','store':false,'previous_response_id':null,'include':['reasoning.encrypted_content']
            'input':'a','tools':[{'type':'web_search'},{'type':'custom','name':'apply_patch','format':{'type':'grammar'}}]
            'input':[{'type':'custom_tool_call','call_id':'1','name':'apply_patch','input':'*** Begin'},{'type':'custom_tool_call_output','call_id':'1','output':'Done'}]
            'input':[{'role':'developer','content':'a'},{'type':'function_call_output','call_id':'1','output':[{'type':'input_text','text':'b'}]}]
            """)
    void whatAgentsSendIsAccepted(String json) {
        assertThat(count(RequestProtocol.RESPONSES, json).tokens()).isPositive();
    }

    private static final String DATA = "data:image/png;base64," + "iVBORw0KGgo".repeat(100_000);

    static Stream<Arguments> images() {
        return Stream.of(
                Arguments.of(
                        RequestProtocol.CHAT,
                        "'messages':[{'role':'user','content':[{'type':'text','text':'What is it?'},IMAGE]}]",
                        "{'type':'image_url','image_url':{'url':'" + DATA + "','detail':'high'}}",
                        "messages[0].content[1]"),
                Arguments.of(
                        RequestProtocol.MESSAGES,
                        "'messages':[{'role':'user','content':[{'type':'text','text':'What is it?'},IMAGE]}]",
                        "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'" + DATA + "'}}",
                        "messages[0].content[1]"),
                Arguments.of(
                        RequestProtocol.MESSAGES,
                        "'messages':[{'role':'user','content':[{'type':'tool_result','content':[{'type':'text','text':'a'},IMAGE]}]}]",
                        "{'type':'image','source':{'type':'url','url':'https://example.com/a.png'}}",
                        "messages[0].content[0].content[1]"),
                Arguments.of(
                        RequestProtocol.RESPONSES,
                        "'input':[{'role':'user','content':[{'type':'input_text','text':'What is it?'},IMAGE]}]",
                        "{'type':'input_image','image_url':'" + DATA + "'}",
                        "input[0].content[1]"),
                Arguments.of(
                        RequestProtocol.RESPONSES,
                        "'input':[{'type':'function_call_output','call_id':'1','output':[{'type':'input_text','text':'a'},IMAGE]}]",
                        "{'type':'input_image','image_url':'https://example.com/a.png','file_id':null}",
                        "input[0].output[1]"));
    }

    @ParameterizedTest(name = "{0} {3}")
    @MethodSource("images")
    void anImageIsCountedForTheMostThatItCanBeAndNotAsText(
            RequestProtocol protocol, String conversation, String image, String at) {
        var without = read(protocol, conversation.replace(",IMAGE", ""));
        var three = read(protocol, conversation.replace("IMAGE", image + "," + image + "," + image));
        assertThat(without.firstImage()).isEmpty();
        assertThat(three.firstImage()).hasValue(at);
        var tokens = count(without).tokens();
        assertThat(count(three).tokens())
                .as("and a token at most for what keeps the texts beside each apart")
                .isBetween(tokens + 3 * 384, tokens + 3 * 385);
        assertThat(count(three).bound()).isEqualTo(count(three).tokens());
    }

    private static PromptCounter.Count count(PricedRequest request) {
        return COUNTER.count(request.prompt());
    }

    @ParameterizedTest(name = "{0} {3}")
    @MethodSource("images")
    void imagesAreOnlySoMany(RequestProtocol protocol, String conversation, String image, String at) {
        var small = image.replace(DATA, "data:image/png;base64,iVBO");
        assertThat(read(protocol, conversation.replace(",IMAGE", ("," + small).repeat(100)))
                        .firstImage())
                .isPresent();
        assertThatThrownBy(() -> read(protocol, conversation.replace(",IMAGE", ("," + small).repeat(101))))
                .isInstanceOfSatisfying(ApiError.class, error -> assertThat(error.getMessage())
                        .isEqualTo("A request must have at most 100 images; " + at.replaceAll("1]$", "101]")
                                + " is one more."));
    }
}
