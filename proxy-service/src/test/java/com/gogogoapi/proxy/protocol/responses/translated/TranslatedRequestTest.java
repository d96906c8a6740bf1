package com.gogogoapi.proxy.protocol.responses.translated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.proxy.body.RequestBody;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request for a response in chat's words, and a chat's answer in one piece as a response. */
class TranslatedRequestTest {

    private static final AccountId ACCOUNT = new AccountId("acct_1");

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    static TranslatedRequest request(String json) {
        var body = RequestBody.of(json.replace('\'', '"').getBytes(UTF_8));
        return Requests.translated(body);
    }

    private static JsonNode chat(String json) {
        return JsonMapper.shared()
                .readTree(request(json).upstreamBody("route", 100, ACCOUNT).toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'input':'hi'                                          | 'messages':[{'role':'user','content':'hi'}]
            'instructions':'be','input':'hi'                      | 'messages':[{'role':'system','content':'be'},{'role':'user','content':'hi'}]
            'input':[{'role':'developer','content':[{'type':'input_text','text':'a'},{'type':'input_text','text':'b'}]}] | 'messages':[{'role':'system','content':'ab'}]
            'input':[{'type':'reasoning','summary':[],'content':[{'type':'reasoning_text','text':'hm'}]},{'type':'function_call','call_id':'c1','name':'f','arguments':'{}'},{'type':'function_call','call_id':'c2','name':'g','arguments':'{}'},{'type':'function_call_output','call_id':'c1','output':'1'},{'type':'function_call_output','call_id':'c2','output':[{'type':'input_text','text':'2'}]}] | 'messages':[{'role':'assistant','content':'','reasoning_content':'hm','tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}},{'id':'c2','type':'function','function':{'name':'g','arguments':'{}'}}]},{'role':'tool','content':'1','tool_call_id':'c1'},{'role':'tool','content':'2','tool_call_id':'c2'}]
            'input':[{'type':'message','role':'assistant','content':[{'type':'output_text','text':'a'},{'type':'refusal','refusal':'no'}]},{'role':'user','content':'b'}] | 'messages':[{'role':'assistant','content':'ano'},{'role':'user','content':'b'}]
            'input':[{'role':'user','content':[{'type':'input_text','text':'a'},{'type':'input_image','image_url':'https://a/b.png','detail':'low'},{'type':'input_image','image_url':'data:image/png;base64,AA'}]}] | 'messages':[{'role':'user','content':[{'type':'text','text':'a'},{'type':'image_url','image_url':{'url':'https://a/b.png','detail':'low'}},{'type':'image_url','image_url':{'url':'data:image/png;base64,AA'}}]}]
            'input':'x','tools':[{'type':'function','name':'f','description':null,'parameters':{'type':'object'},'strict':true}] | 'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object'},'strict':true}}]
            'input':'x','tool_choice':{'type':'function','name':'f'} | 'tool_choice':{'type':'function','function':{'name':'f'}}
            'input':'x','tool_choice':'required','parallel_tool_calls':false | 'tool_choice':'required','parallel_tool_calls':false
            'input':'x','text':{'format':{'type':'json_schema','name':'n','schema':{'a':1},'strict':true}} | 'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'a':1},'strict':true}}
            'input':'x','text':{'format':{'type':'json_object'}} | 'response_format':{'type':'json_object'}
            'input':'x','reasoning':{'effort':'high','summary':'auto'} | 'reasoning_effort':'high'
            'input':'x','reasoning':{'effort':'none'}             | 'thinking':{'type':'disabled'}
            'input':'x','temperature':0.50,'top_p':1              | 'temperature':0.50,'top_p':1
            """)
    void isSaidInChatsWords(String fields, String said) {
        var told = chat("{'model':'m'," + fields + "}");
        json("{" + said + "}").properties().forEach(field -> assertThat(told.path(field.getKey()))
                .isEqualTo(field.getValue()));
    }

    @Test
    void hasTheRouteAndTheLimitThatWereHeldForAndNothingOfOurs() {
        var told = chat(
                "{'model':'alias','input':'hi','max_output_tokens':500,'store':false,'quote_id':'q','user':'alice',"
                        + "'metadata':{'a':'b'},'include':['reasoning.encrypted_content'],'prompt_cache_key':'k','truncation':'disabled'}");
        assertThat(told.path("model").asString()).isEqualTo("route");
        assertThat(told.path("max_tokens").asLong()).isEqualTo(100);
        assertThat(told.propertyNames()).containsExactlyInAnyOrder("model", "messages", "max_tokens", "user_id");
        assertThat(told.toString()).doesNotContain("alice", "acct_1");
    }

    @Test
    void asksAStreamForItsUsage() {
        var asked = request("{'model':'m','input':'hi','stream':true,'stream_options':{'include_obfuscation':false}}");
        assertThat(asked.isStreamed()).isTrue();
        assertThat(asked.endpoint().path()).isEqualTo("chat/completions");
        assertThat(asked.upstreamBody("m", 1, ACCOUNT).toString())
                .contains("\"stream\":true", "\"stream_options\":{\"include_usage\":true}");
    }

    @Test
    void isLetGoWithWhatItWasMadeOf() {
        var body = RequestBody.of("{\"model\":\"m\",\"input\":\"hi\"}".getBytes(UTF_8));
        var sent = Requests.translated(body).upstreamBody("m", 1, ACCOUNT);
        body.release();
        assertThatThrownBy(sent::toString).isInstanceOf(NullPointerException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'top_logprobs':3                                      | top_logprobs must be left out
            'max_tool_calls':3                                    | max_tool_calls must be left out
            'truncation':'auto'                                   | truncation must be left out
            'service_tier':'flex'                                 | service_tier must be left out
            'include':['message.output_text.logprobs']            | include must be left out
            'anything_new':1                                      | anything_new must be left out
            'text':{'verbosity':'low'}                            | text.verbosity must be left out
            'text':{'x':1}                                        | text.x must be left out
            'text':{'format':{'type':'grammar'}}                  | text.format.type must be text, json_object or json_schema
            'reasoning':{'budget':1}                              | reasoning.budget must be left out
            'tools':[{'type':'web_search'}]                       | tools[0].type must be function
            'tools':[{'type':'custom','name':'x'}]                | tools[0].type must be function
            'tool_choice':{'type':'allowed_tools'}                | tool_choice must be none, auto, required or a function
            'input':[{'type':'custom_tool_call','name':'x','input':'y'}] | input[0].type must be message, reasoning, function_call
            'input':[{'type':'item_reference','id':'x'}]          | input[0].type must be message
            'input':[{'type':'reasoning','encrypted_content':'x'}] | input[0].encrypted_content must be left out
            'input':[{'role':'user','content':[{'type':'input_image','file_id':'x'}]}] | input[0].content must be text, or images by image_url
            'input':[{'role':'user','content':[{'type':'input_file','file_id':'x'}]}] | input[0].content must be text
            'input':[{'type':'function_call_output','call_id':'c','output':[{'type':'input_image','image_url':'x'}]}] | input[0].output must be text
            """)
    void whatChatHasNoWordForIsRefused(String fields, String words) {
        var input = fields.contains("'input'") ? "" : "'input':'hi',";
        assertThatThrownBy(() -> request("{'model':'m'," + input + fields + "}"))
                .isInstanceOfSatisfying(ApiError.class, error -> {
                    assertThat(error.status()).isEqualTo(400);
                    assertThat(error.getMessage()).startsWith(words).contains("there is no word for it there");
                });
    }

    private static JsonNode shown(String request, String completion) {
        var shown = request(request)
                .shown(completion.replace('\'', '"').getBytes(UTF_8), Optional.of(Usd.parse("0.0000012")));
        return JsonMapper.shared().readTree(shown);
    }

    @Test
    void anAnswerInOnePieceIsAResponse() {
        var response = shown(
                "{'model':'m','input':'hi','temperature':0.5,'metadata':{'a':'b'}}",
                "{'id':'c','model':'m','choices':[{'message':{'role':'assistant','reasoning_content':'hm','content':'yes',"
                        + "'tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}]},"
                        + "'finish_reason':'tool_calls'}],'usage':{'prompt_tokens':9,'prompt_cache_hit_tokens':3,"
                        + "'completion_tokens':5,'completion_tokens_details':{'reasoning_tokens':2}}}");
        assertThat(response.path("object").asString()).isEqualTo("response");
        assertThat(response.path("id").asString()).startsWith("resp_");
        assertThat(response.path("status").asString()).isEqualTo("completed");
        assertThat(response.path("temperature").decimalValue()).isEqualByComparingTo("0.5");
        assertThat(response.path("metadata").path("a").asString()).isEqualTo("b");
        var output = response.path("output");
        assertThat(output).hasSize(3);
        assertThat(output.at("/0/type").asString()).isEqualTo("reasoning");
        assertThat(output.at("/0/content/0/text").asString()).isEqualTo("hm");
        assertThat(output.at("/1/content/0"))
                .isEqualTo(json("{'type':'output_text','text':'yes','annotations':[],'logprobs':[]}"));
        assertThat(output.at("/2/type").asString()).isEqualTo("function_call");
        assertThat(output.at("/2/call_id").asString()).isEqualTo("c1");
        assertThat(output.at("/2/arguments").asString()).isEqualTo("{}");
        assertThat(response.path("usage"))
                .isEqualTo(
                        json(
                                "{'input_tokens':9,'input_tokens_details':{'cached_tokens':3},'output_tokens':5,"
                                        + "'output_tokens_details':{'reasoning_tokens':2},'total_tokens':14,'cost':0.0000012,'cost_usd':'0.0000012'}"));
    }

    @ParameterizedTest
    @CsvSource({
        "stop, completed, ",
        "length, incomplete, max_output_tokens",
        "content_filter, incomplete, content_filter",
        "insufficient_system_resource, failed, "
    })
    void itsStatusIsTheReasonToFinish(String finishReason, String status, String reason) {
        var response = shown(
                "{'model':'m','input':'hi'}",
                "{'choices':[{'message':{'content':'yes'},'finish_reason':'" + finishReason + "'}]}");
        assertThat(response.path("status").asString()).isEqualTo(status);
        assertThat(response.path("incomplete_details").path("reason").asString(null))
                .isEqualTo(reason);
        assertThat(response.path("error").isObject()).isEqualTo(status.equals("failed"));
        assertThat(response.path("usage").isNull()).isTrue();
    }
}
