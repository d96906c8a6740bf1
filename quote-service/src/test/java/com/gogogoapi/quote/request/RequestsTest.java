package com.gogogoapi.quote.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.ledger.intake.OnInsufficientCredit;
import com.gogogoapi.contracts.quote.RequestProtocol;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a request is said, at once, whatever its size. */
class RequestsTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(10);
    private static final int EIGHT_MIB = 8 * 1024 * 1024;

    private static String with(String more) {
        return "{'model':'m','messages':[{'role':'user','content':'hi'}]," + more + "}";
    }

    private static String message(String message) {
        return "{'model':'m','messages':[" + message + "]}";
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                arguments("unknown role", message("{'role':'wizard','content':'hi'}"), "messages[0].role"),
                arguments("no role", message("{'content':'hi'}"), "messages[0].role"),
                arguments("role is an object", message("{'role':{'a':1},'content':'hi'}"), "messages[0].role"),
                arguments("message is text", message("'hi'"), "messages[0]"),
                arguments(
                        "content is an object", message("{'role':'user','content':{'a':[[]]}}"), "messages[0].content"),
                arguments("content of garbage", message("{'role':'user','content':[[[1]]]}"), "messages[0].content"),
                arguments(
                        "an image of nothing",
                        message("{'role':'user','content':[{'type':'image_url'}]}"),
                        "messages[0].content[0].image_url.url"),
                arguments("no content", message("{'role':'tool','content':null}"), "messages[0].content"),
                arguments(
                        "calls of garbage",
                        message("{'role':'assistant','content':'','tool_calls':[[]]}"),
                        "messages[0].tool_calls"),
                arguments(
                        "calls are text",
                        message("{'role':'assistant','content':'','tool_calls':'f'}"),
                        "messages[0].tool_calls"),
                arguments("messages is an object", "{'model':'m','messages':{}}", "messages"),
                arguments("no messages", "{'model':'m'}", "messages"),
                arguments("tools is an object", with("'tools':{}"), "tools"),
                arguments("a tool is text", with("'tools':['f']"), "tools"),
                arguments("too many tools", with("'tools':[" + "{},".repeat(1_000) + "{}]"), "tools"),
                arguments("format is text", with("'response_format':'json'"), "response_format"),
                arguments("negative limit", with("'max_tokens':-1"), "max_tokens"),
                arguments("limit of nothing", with("'max_tokens':0"), "max_tokens"),
                arguments("half a token", with("'max_tokens':0.5"), "max_tokens"),
                arguments("one in another guise", with("'max_tokens':1.0"), "max_tokens"),
                arguments("limit is text", with("'max_completion_tokens':'10'"), "max_completion_tokens"),
                arguments("absurd limit", with("'max_tokens':1000000001"), "max_tokens"),
                arguments("limit beyond long", with("'max_tokens':99999999999999999999999"), "max_tokens"),
                arguments(
                        "expects less than nothing", with("'expectedCompletionTokens':-5"), "expectedCompletionTokens"),
                arguments("two answers", with("'n':2"), "n"),
                arguments("unknown wish", with("'on_insufficient_credit':'beg'"), "on_insufficient_credit"),
                arguments("quote is a number", with("'quote_id':5"), "quote_id"),
                arguments("lone surrogate", message("{'role':'user','content':'\\ud800'}"), null),
                arguments("lone low surrogate", message("{'role':'user','content':'a\\udc00b'}"), null),
                arguments("lone surrogate in a name", with("'tools':[{'\\udfff':1}]"), null),
                arguments("the same field twice", with("'model':'other'"), null),
                arguments("a number of 10,000 digits", with("'seed':" + "9".repeat(10_000)), null),
                arguments("something after it", with("'a':1") + "{}", null),
                arguments("cut off", "{'model':'m','messages':[{'role':'us", null),
                arguments("an array", "[]", null),
                arguments("nothing", "", null),
                arguments("prompt is a list", "{'model':'m','prompt':['a']}", "prompt"),
                arguments("suffix is a number", "{'model':'m','prompt':'a','suffix':1}", "suffix"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void isRefusedClearly(String name, String body, String param) {
        var json = bytes(body);
        assertThatThrownBy(() -> Requests.read(Requests.protocolOf(json), json))
                .isInstanceOfSatisfying(ApiError.class, error -> {
                    assertThat(error.status()).isEqualTo(400);
                    assertThat(error.getMessage()).hasSizeBetween(10, 300);
                    assertThat(error.body().toString()).contains("param=" + param);
                });
    }

    static Stream<Arguments> huge() {
        return Stream.of(
                arguments(
                        "100,000 messages",
                        message("{'role':'user','content':'hi'},".repeat(100_000) + "{'role':'user','content':'hi'}")),
                arguments("nested to the end", with("'a':" + "[".repeat(EIGHT_MIB))),
                arguments("objects nested to the end", with("'a':" + "{'a':".repeat(EIGHT_MIB / 5))),
                arguments("nested just too deep", with("'a':" + "[".repeat(100) + "]".repeat(100))),
                arguments("millions of empty lists", with("'a':[" + "[],".repeat(EIGHT_MIB / 3) + "[]]")),
                arguments("millions of numbers", with("'a':[" + "1,".repeat(EIGHT_MIB / 2) + "1]")),
                arguments("a name of megabytes", with("'" + "a".repeat(EIGHT_MIB) + "':1")),
                arguments("a role of megabytes", message("{'role':'" + "a".repeat(EIGHT_MIB) + "','content':''}")),
                arguments("a number of megabytes", with("'max_tokens':" + "1".repeat(EIGHT_MIB))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("huge")
    void ofWhateverSizeIsRefusedAtOnce(String name, String body) {
        var json = bytes(body);
        assertTimeoutPreemptively(AT_ONCE, () -> assertThatThrownBy(() -> Requests.read(RequestProtocol.CHAT, json))
                .isInstanceOfSatisfying(ApiError.class, error -> {
                    assertThat(error.status()).isEqualTo(400);
                    assertThat(error.getMessage()).hasSizeBetween(10, 300);
                }));
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        var json = bytes(message("{'role':'user','content':'??'}"));
        for (var i = 0; i < json.length; i++) {
            if (json[i] == '?') {
                json[i] = (byte) 0xff;
            }
        }
        assertThatThrownBy(() -> Requests.read(RequestProtocol.CHAT, json)).isInstanceOf(ApiError.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'model':'m','messages':[{'role':'user','content':'😀'}],'a':[[[{'b':null}]]],'seed':1e400}",
                "{'model':'m','messages':[{'role':'assistant','content':null,'tool_calls':[{'function':{'name':'f'}}]}]}",
                "{'model':'m','messages':[{'role':'assistant','content':null,'function_call':{'name':'f'}}]}",
                "{'model':'m','messages':[{'role':'user','content':[]}],'tools':null,'max_tokens':null}",
            })
    void whatThePriceDoesNotDependOnIsBetweenTheClientAndTheUpstream(String body) {
        assertThat(Requests.read(RequestProtocol.CHAT, bytes(body)).model()).isEqualTo("m");
    }

    @Test
    void readsWhatThePriceDependsOn() {
        var request = Requests.read(
                RequestProtocol.CHAT,
                bytes(
                        with(
                                "'max_tokens':30,'maxCompletionTokens':20,'expected_completion_tokens':7,'on_insufficient_credit':'shrink','quote_id':'q'")));
        assertThat(request.completionLimit()).hasValue(20);
        assertThat(request.expectedCompletionTokens()).hasValue(7);
        assertThat(request.onInsufficientCredit()).isEqualTo(OnInsufficientCredit.SHRINK);
        assertThat(request.quoteId()).contains("q");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "none", textBlock = """
            'a':1                              | none   | REFUSE
            'a':1                              | refuse | REFUSE
            'a':1                              | shrink | SHRINK
            'on_insufficient_credit':null      | shrink | SHRINK
            'on_insufficient_credit':'shrink'  | shrink | SHRINK
            'on_insufficient_credit':'shrink'  | none   | SHRINK
            """)
    void aHeaderSaysWhatTheBodyCanSay(String field, String header, OnInsufficientCredit said) {
        var request = Requests.read(RequestProtocol.CHAT, bytes(with(field)));
        assertThat(Requests.withHeader(request, header).onInsufficientCredit()).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'on_insufficient_credit':'shrink'  | refuse | The body and the header must say the same
            'on_insufficient_credit':'refuse'  | shrink | The body and the header must say the same
            'a':1                              | beg    | X-On-Insufficient-Credit must be "refuse" or "shrink".
            'a':1                              | Shrink | X-On-Insufficient-Credit must be "refuse" or "shrink".
            """)
    void aHeaderThatSaysOtherwiseIsRefused(String field, String header, String words) {
        var request = Requests.read(RequestProtocol.CHAT, bytes(with(field)));
        assertThatThrownBy(() -> Requests.withHeader(request, header)).isInstanceOfSatisfying(ApiError.class, error -> {
            assertThat(error.status()).isEqualTo(400);
            assertThat(error.getMessage()).startsWith(words);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'model':'m','messages':[]}              | CHAT
            {'model':'m','messages':[],'prompt':'p'} | CHAT
            {'model':'m','messages':[],'system':'s'} | MESSAGES
            {'model':'m','prompt':'p'}               | COMPLETIONS
            {'model':'m','input':'i'}                | RESPONSES
            {'model':'m'}                            | CHAT
            no JSON                                  | CHAT
            """)
    void tellsInWhichProtocolABodyComes(String body, RequestProtocol protocol) {
        assertThat(Requests.protocolOf(bytes(body))).isEqualTo(protocol);
    }

    @Test
    void aPromptIsNoChat() {
        var body = bytes("{'model':'m','prompt':'def f(','suffix':'pass'}");
        assertThat(Requests.read(RequestProtocol.COMPLETIONS, body).model()).isEqualTo("m");
        assertThatThrownBy(() -> Requests.read(RequestProtocol.CHAT, body)).isInstanceOf(ApiError.class);
    }
}
