package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A fault of the upstream looks like a fault to every client, whatever form the upstream gave it. */
@Tag("acceptance")
class OddAnswersTest {

    private static final String ROLE =
            "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":"
                    + "{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n";

    private final RunningSystem system = RunningSystem.shared();

    /** One for all: an account's share of the failures that open the circuit breaker is bounded. */
    private static final Customer CUSTOMER = RunningSystem.shared().customer("1.00");

    private final Customer customer = CUSTOMER;

    @BeforeEach
    void othersAreServedWell() {
        system.customer("1.00").isServedWell();
    }

    private static String delta(String delta) {
        return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"finish_reason\":null}]}\n\n";
    }

    private static String words(int count) {
        return delta("{\"content\":\" the\"}").repeat(count);
    }

    private static String usage(long prompt, long completion) {
        return "\"usage\":{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + completion + ",\"total_tokens\":"
                + (prompt + completion) + "}";
    }

    private static String finish(String more) {
        return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{},"
                + "\"finish_reason\":\"stop\"}]" + more + "}\n\n";
    }

    private HttpResponse<String> ask(ScriptedUpstream upstream, int maxTokens, boolean stream) {
        return customer.complete(Customer.chat("Hello " + upstream.taughtTo(system), maxTokens, stream));
    }

    private static JsonNode error(HttpResponse<String> answer) {
        var error = JsonMapper.shared().readTree(answer.body()).path("error");
        assertThat(error.isObject()).as(answer.body()).isTrue();
        assertThat(error.path("message").asString("")).isNotBlank();
        return error;
    }

    private void nothingIsChargedOrHeld() {
        assertThat(customer.lastLine().path("type").asString()).isEqualTo("release");
        assertThat(customer.books().held()).isZero();
    }

    static Stream<Arguments> answersThatAreNone() {
        return Stream.of(
                Arguments.of("an error object", ScriptedUpstream.whole("{\"error\":{\"message\":\"busy\"}}")),
                Arguments.of("an error string", ScriptedUpstream.whole("{\"error\":\"busy\"}")),
                Arguments.of("object: error", ScriptedUpstream.whole("{\"object\":\"error\",\"message\":\"busy\"}")),
                Arguments.of("a JSON string", ScriptedUpstream.whole("\"busy\"")),
                Arguments.of("an array", ScriptedUpstream.whole("[]")),
                Arguments.of("an empty body", ScriptedUpstream.whole("")),
                Arguments.of("choices null", ScriptedUpstream.whole("{\"id\":\"c1\",\"choices\":null}")),
                Arguments.of("no choices", ScriptedUpstream.whole("{\"id\":\"c1\",\"choices\":[]}")),
                Arguments.of("HTML", ScriptedUpstream.of("text/html", "<html>busy</html>")),
                Arguments.of("JSON and a rest", ScriptedUpstream.whole("{\"choices\":[{}]} trailing")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersThatAreNone")
    void a200ThatIsNoAnswerIsABadGatewayAndFree(String name, ScriptedUpstream upstream) {
        var answer = ask(upstream, 50, false);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
        assertThat(error(answer).path("code").asString()).isEqualTo("upstream_error");
        nothingIsChargedOrHeld();
    }

    static Stream<Arguments> streamsThatAreNone() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write((ROLE + words(2) + "data: [DONE]\n\n").getBytes(StandardCharsets.UTF_8));
        }
        return Stream.of(
                Arguments.of("HTML", ScriptedUpstream.of("text/html", "<html>busy</html>")),
                Arguments.of("HTML called a stream", ScriptedUpstream.stream("<html>busy</html>\n\n")),
                Arguments.of(
                        "a whole answer",
                        ScriptedUpstream.whole("{\"id\":\"c1\",\"choices\":[{\"message\":{\"content\":\"hi\"}}]}")),
                Arguments.of(
                        "a compressed one",
                        ScriptedUpstream.of("text/event-stream", "")
                                .withHeader("Content-Encoding", "gzip")
                                .then(zipped.toByteArray())),
                Arguments.of("an empty body", ScriptedUpstream.stream("")),
                Arguments.of(
                        "an error object", ScriptedUpstream.stream("data: {\"error\":{\"message\":\"busy\"}}\n\n")),
                Arguments.of("an error string", ScriptedUpstream.stream("data: {\"error\":\"busy\"}\n\n")),
                Arguments.of("a JSON string", ScriptedUpstream.stream("data: \"busy\"\n\n")),
                Arguments.of("no JSON", ScriptedUpstream.stream("data: busy\n\n")),
                Arguments.of("event: error", ScriptedUpstream.stream("event: error\ndata: {\"message\":\"busy\"}\n\n")),
                Arguments.of(
                        "an error of the format's other form",
                        ScriptedUpstream.stream("data: {\"object\":\"error\",\"message\":\"busy\"}\n\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streamsThatAreNone")
    void aStreamThatIsNoneIsABadGatewayWhileNothingWasSent(String name, ScriptedUpstream upstream) {
        var answer = ask(upstream, 50, true);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
        error(answer);
        nothingIsChargedOrHeld();
    }

    static Stream<Arguments> breaksAfterContent() {
        return Stream.of(
                Arguments.of("error object", "data: {\"error\":{\"message\":\"busy\"}}\n\ndata: [DONE]\n\n"),
                Arguments.of("error string", "data: {\"error\":\"busy\"}\n\ndata: [DONE]\n\n"),
                Arguments.of("event: error", "event: error\ndata: {\"message\":\"busy\"}\n\ndata: [DONE]\n\n"),
                Arguments.of("object: error", "data: {\"object\":\"error\",\"message\":\"busy\"}\n\ndata: [DONE]\n\n"),
                Arguments.of("no JSON", "data: busy\n\ndata: [DONE]\n\n"),
                Arguments.of("a JSON string", "data: \"busy\"\n\ndata: [DONE]\n\n"),
                Arguments.of("half an event", "data: {\"id\":\"c1\",\"choi"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaksAfterContent")
    void aBreakAfterContentIsAnErrorEventOfItsOwn(String name, String broken) {
        var answer = ask(ScriptedUpstream.stream(ROLE, words(3), broken), 50, true);
        assertThat(answer.statusCode()).isEqualTo(200);
        var last = lastEvent(answer.body());
        assertThat(last.path("error").isObject()).as(answer.body()).isTrue();
        assertThat(last.path("error").path("message").asString("")).isNotBlank();
        assertThat(last.has("choices"))
                .as("some SDKs take a chunk with choices for a normal one")
                .isFalse();
        assertThat(answer.body()).doesNotContain("[DONE]");
        var line = customer.lastLine();
        assertThat(line.path("rule").asString()).isEqualTo("UPSTREAM_FAILED_MIDWAY");
        assertThat(line.path("completion_tokens").asLong()).isEqualTo(3);
    }

    /** What a client that follows the event-stream standard reads last. */
    private static JsonNode lastEvent(String body) {
        var events = body.split("\r?\n\r?\n");
        var data = events[events.length - 1]
                .lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()).trim())
                .toList();
        return JsonMapper.shared().readTree(String.join("\n", data));
    }

    @Test
    void onlyEventsWithDataGoOnAndUnharmed() {
        var crlf = words(1).replace("\n", "\r\n");
        var answer = ask(
                ScriptedUpstream.stream(
                                "data:\n\n", ROLE, "data: \n\n", crlf, "id: 7\nretry: 10\n" + words(1), finish(""))
                        .then("data: [DONE]\n\n"),
                50,
                true);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(ROLE + crlf + "id: 7\nretry: 10\n" + words(1) + finish("") + "data: [DONE]\n\n");
    }

    @Test
    void anEventsDataMayStandInSeveralLines() {
        var chunk =
                "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\ndata: \"choices\":[{\"index\":0,\"delta\":"
                        + "{\"content\":\" the\"},\"finish_reason\":null}]}\n\n";
        var answer = ask(ScriptedUpstream.stream(ROLE, chunk, finish(""), "data: [DONE]\n\n"), 50, true);
        assertThat(answer.body()).contains(chunk).endsWith("data: [DONE]\n\n");
        assertThat(customer.lastLine().path("completion_tokens").asLong()).isEqualTo(1);
    }

    static Stream<Arguments> formsOfText() {
        return Stream.of(
                Arguments.of("reasoning_content", "{\"reasoning_content\":\" the\"}"),
                Arguments.of("reasoning", "{\"reasoning\":\" the\"}"),
                Arguments.of("refusal", "{\"refusal\":\" the\"}"),
                Arguments.of("content parts", "{\"content\":[{\"type\":\"text\",\"text\":\" the\"}]}"),
                Arguments.of("function_call", "{\"function_call\":{\"arguments\":\" the\"}}"),
                Arguments.of("tool_calls", "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\" the\"}}]}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formsOfText")
    void everyFormOfDeliveredTextIsCountedWhereUsageIsMissing(String name, String delta) {
        ask(ScriptedUpstream.stream(ROLE, delta(delta).repeat(5), finish(""), "data: [DONE]\n\n"), 50, true);
        var line = customer.lastLine();
        assertThat(line.path("rule").asString()).isEqualTo("USAGE_MISSING");
        assertThat(line.path("completion_tokens").asLong()).isEqualTo(5);
    }

    @Test
    void atABreakTheLargerOfStatedAndDeliveredCounts() {
        var early = delta("{\"content\":\" the\"}")
                .replace("\"finish_reason\":null}]}", "\"finish_reason\":null}]," + usage(8, 1) + "}");
        ask(ScriptedUpstream.stream(ROLE, early, words(9)).ending("break"), 50, true);
        assertThat(customer.lastLine().path("completion_tokens").asLong()).isEqualTo(10);
    }

    @Test
    void aLaterUsageOfZeroReplacesNoStatedOne() {
        var zero = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"choices\":[]," + usage(0, 0) + "}\n\n";
        ask(ScriptedUpstream.stream(ROLE, words(3), finish("," + usage(8, 3)), zero, "data: [DONE]\n\n"), 50, true);
        var line = customer.lastLine();
        assertThat(line.path("completion_tokens").asLong()).isEqualTo(3);
        assertThat(line.path("prompt_tokens").asLong()).isEqualTo(8);
    }

    @Test
    void theCostStandsOnTheChunkThatStatesTheFinalUsage() {
        var body = JsonMapper.shared().readTree(Customer.chat("Hello [[sim: tokens=9, usage=finish]]", 50, true));
        ((tools.jackson.databind.node.ObjectNode) body)
                .putObject("stream_options")
                .put("include_usage", true);
        var answer = customer.complete(body.toString());
        var finish = answer.body()
                .lines()
                .filter(line -> line.contains("\"usage\""))
                .map(line -> JsonMapper.shared().readTree(line.substring("data:".length())))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        assertThat(finish.path("usage").path("cost_usd").asString(""))
                .isEqualTo(customer.lastLine().path("amount_usd").asString());
    }

    static Stream<Arguments> refusals() {
        var longReason = "The model cannot do this because " + "of very many reasons ".repeat(20) + "END";
        return Stream.of(
                Arguments.of(400, "{\"error\":{\"message\":\"no\",\"code\":\"bad_thing\",\"param\":\"tools\"}}", "no"),
                Arguments.of(400, "{\"error\":{\"message\":\"" + longReason + "\"}}", "END"),
                Arguments.of(400, "{\"error\":\"plain reason\"}", "plain reason"),
                Arguments.of(422, "{\"detail\":\"a detail\"}", "a detail"),
                Arguments.of(400, "{\"message\":\"a message\"}", "a message"),
                Arguments.of(413, "{\"error\":{\"message\":\"too large\"}}", "too large"));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("refusals")
    void theUpstreamsReasonReachesTheClient(int status, String body, String reason) {
        var answer = ask(ScriptedUpstream.whole(body).withStatus(status), 50, false);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(error(answer).path("message").asString()).contains(reason);
        if (body.contains("bad_thing")) {
            assertThat(error(answer).path("code").asString()).isEqualTo("bad_thing");
            assertThat(error(answer).path("param").asString()).isEqualTo("tools");
        }
        nothingIsChargedOrHeld();
    }

    @Test
    void aContextOverflowIsRecognisable() {
        var answer = ask(
                ScriptedUpstream.whole("{\"error\":{\"message\":\"This model's maximum context length is 65536 tokens."
                                + " However, you requested 70000 tokens\",\"code\":\"invalid_request_error\"}}")
                        .withStatus(400),
                50,
                false);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).path("code").asString()).isEqualTo("context_length_exceeded");
        assertThat(error(answer).path("message").asString()).contains("maximum context length is 65536 tokens");
    }

    @Test
    void ourOwnKeyNeverStandsInWhatIsPassedOn() {
        var answer = ask(
                ScriptedUpstream.whole(
                                "{\"error\":{\"message\":\"Incorrect API key provided: sk-abcdef0123456789abcdef\"}}")
                        .withStatus(400),
                50,
                false);
        assertThat(answer.body()).doesNotContain("sk-abcdef0123456789abcdef");
    }
}
