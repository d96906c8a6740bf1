package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has an Idempotency-Key is run and charged once, and answered alike however often it comes. */
@Tag("acceptance")
class IdempotencyTest {

    private static final String KEY = "the-key";
    private static final int LIMIT = 50;
    private static final Duration SOON = Duration.ofMinutes(2);

    private final RunningSystem system = RunningSystem.shared();
    private final Customer customer = system.customer("1.00");

    @BeforeEach
    void othersAreServedWell() {
        system.customer("1.00").isServedWell();
    }

    private HttpResponse<byte[]> ask(Spoken protocol, String body) throws Exception {
        return ask(protocol.path(), KEY, body, Map.of());
    }

    private HttpResponse<byte[]> ask(String path, String key, String body, Map<String, String> headers)
            throws Exception {
        return Keyed.send(system.url(path), customer.apiKey(), key, body, headers);
    }

    private String text(String settings) {
        return "Hello " + customer.account() + " [[sim: " + settings + "]]";
    }

    private String body(Spoken protocol, String settings, boolean stream) {
        return protocol.body(text(settings), LIMIT, stream);
    }

    private long upstreamSaw() {
        return system.simulator("GET", "/requests")
                .path("data")
                .valueStream()
                .filter(entry -> entry.path("last_message").asString().contains(customer.account()))
                .count();
    }

    private long lines(String type) {
        return customer.statement().stream()
                .filter(line -> line.path("type").asString().equals(type))
                .count();
    }

    private void assertChargedOnce() {
        assertThat(customer.booksAtRest().charged()).isPositive();
        assertThat(lines("charge")).isOne();
        assertThat(lines("hold")).isOne();
    }

    private static void assertRefused(HttpResponse<byte[]> answer, int status, String code) {
        assertThat(answer.statusCode()).as(Keyed.text(answer)).isEqualTo(status);
        assertThat(Keyed.text(answer)).contains("\"code\":\"" + code + "\"");
    }

    private static Stream<Arguments> everyWay() {
        return Stream.of(Spoken.values())
                .flatMap(protocol -> Stream.of(true, false).map(stream -> Arguments.of(protocol, stream)));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void aRepeatGetsTheSameAnswerAndIsNotCharged(Spoken protocol, boolean stream) throws Exception {
        var body = body(protocol, "tokens=5", stream);
        var first = ask(protocol, body);
        assertThat(first.statusCode()).as(Keyed.text(first)).isEqualTo(200);
        Keyed.assertReplayed(first, ask(protocol, body));
        Keyed.assertReplayed(first, ask("/api" + protocol.path(), KEY, body, Map.of()));
        assertThat(upstreamSaw()).isOne();
        assertChargedOnce();
        var shown = system.send("GET", "/v1/ledger?limit=1", customer.apiKey(), "");
        assertThat(shown.body())
                .as("the request is found by the id of its answer")
                .contains(first.headers().firstValue("x-request-id").orElseThrow());
    }

    @Test
    void withoutOrWithAnotherKeyItIsAnotherRequest() throws Exception {
        var body = body(Spoken.CHAT, "tokens=5", false);
        ask(Spoken.CHAT, body);
        assertThat(Keyed.isReplayed(ask(Spoken.CHAT.path(), "another", body, Map.of())))
                .isFalse();
        assertThat(customer.complete(body).statusCode()).isEqualTo(200);
        var other = system.customer("1.00");
        var ofOther = Keyed.send(system.url(Spoken.CHAT.path()), other.apiKey(), KEY, body);
        assertThat(Keyed.isReplayed(ofOther)).as("accounts share no keys").isFalse();
        customer.booksAtRest();
        assertThat(lines("charge")).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Spoken.class)
    void anotherRequestUnderTheKeyIsRefused(Spoken protocol) throws Exception {
        var body = body(protocol, "tokens=5", false);
        ask(protocol, body);
        var answers = List.of(
                ask(protocol, body(protocol, "tokens=6", false)),
                ask(protocol.path(), KEY, body, Map.of("X-On-Insufficient-Credit", "shrink")));
        for (var answer : answers) {
            assertThat(answer.statusCode()).as(Keyed.text(answer)).isEqualTo(422);
            var error = protocol.error(Keyed.text(answer));
            assertThat(error.path("code").asString()).isEqualTo("idempotency_mismatch");
            assertThat(error.path("message").asString()).contains("Idempotency-Key must be a new one");
        }
        assertChargedOnce();
    }

    @Test
    void theSameBodyOnAnotherRouteIsAnotherRequest() throws Exception {
        var body = body(Spoken.CHAT, "tokens=5", false);
        ask(Spoken.CHAT, body);
        assertRefused(ask("/beta/chat/completions", KEY, body, Map.of()), 422, "idempotency_mismatch");
        assertThat(Keyed.isReplayed(ask("/v1/chat/deepseek", KEY, body, Map.of())))
                .as("these are two paths of one route")
                .isTrue();
        assertChargedOnce();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thoseWhoComeWhileItRunsGetItsAnswer(boolean stream) throws Exception {
        var body = body(Spoken.CHAT, "tokens=20, chunk-delay-ms=50, first-byte-delay-ms=500", stream);
        Callable<HttpResponse<byte[]>> asking = () -> ask(Spoken.CHAT, body);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(Collections.nCopies(20, asking)).stream()
                    .map(java.util.concurrent.Future::resultNow)
                    .toList();
            var first =
                    answers.stream().filter(answer -> !Keyed.isReplayed(answer)).toList();
            assertThat(first).hasSize(1);
            assertThat(answers).allSatisfy(answer -> Keyed.assertSame(first.getFirst(), answer));
        }
        assertThat(upstreamSaw()).isOne();
        assertChargedOnce();
    }

    /** A lost connection is what the key is for: the answer is there when the client comes back for it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatLeavesFindsTheWholeAnswerLater(boolean stream) throws Exception {
        var body = body(Spoken.CHAT, "tokens=40, chunk-delay-ms=50", stream);
        leaveMidway(body, stream);
        var again = ask(Spoken.CHAT, body);
        assertThat(again.statusCode()).as(Keyed.text(again)).isEqualTo(200);
        assertThat(Keyed.isReplayed(again)).isTrue();
        if (stream) {
            assertThat(Spoken.CHAT.isWhole(Keyed.text(again)))
                    .as(Keyed.text(again))
                    .isTrue();
        }
        assertThat(upstreamSaw()).isOne();
        assertChargedOnce();
        assertThat(customer.lastLine().path("rule").asString()).isEqualTo("COMPLETED");
    }

    private void leaveMidway(String body, boolean stream) throws Exception {
        var request = Keyed.request(system.url(Spoken.CHAT.path()), customer.apiKey(), KEY, body, Map.of());
        try (var client = HttpClient.newHttpClient()) {
            var asking = client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
            await().atMost(SOON).until(() -> upstreamSaw() == 1);
            if (stream) {
                try (InputStream in = asking.get().body()) {
                    assertThat(in.read()).isNotNegative();
                }
            } else {
                asking.cancel(true);
            }
            client.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofAnAnswerThatIsTooLargeToBeKeptItIsSaidThatItWasCharged(boolean stream) throws Exception {
        var large = "x".repeat(2 * RunningSystem.MAX_KEPT_ANSWER_BYTES);
        var usage = "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}";
        var script = stream
                ? ScriptedUpstream.stream(
                        "data: {\"id\":\"a\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + large
                                + "\"}}]}\n\n",
                        "data: {\"id\":\"a\",\"choices\":[]," + usage + "}\n\n",
                        "data: [DONE]\n\n")
                : ScriptedUpstream.whole(Spoken.CHAT.whole(large, "{\"input_tokens\":5,\"output_tokens\":2}", ""));
        var body = Spoken.CHAT.body(script.taughtTo(system) + customer.account(), LIMIT, stream);
        var first = ask(Spoken.CHAT, body);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(Keyed.text(first)).contains(large);
        for (var i = 0; i < 2; i++) {
            var again = ask(Spoken.CHAT, body);
            assertRefused(again, 422, "idempotency_answer_not_kept");
            assertThat(Keyed.text(again))
                    .contains("was charged")
                    .contains("\"request_id\":\""
                            + first.headers().firstValue("x-request-id").orElseThrow() + "\"");
        }
        assertChargedOnce();
    }

    @Test
    void whatIsRefusedFreeRunsAnewAlsoWithAnotherBody() throws Exception {
        var wrong = Customer.chat("Hello", -1, false);
        assertThat(ask(Spoken.CHAT, wrong).statusCode()).isEqualTo(400);
        assertThat(ask(Spoken.CHAT, wrong).statusCode()).isEqualTo(400);
        assertThat(ask(Spoken.CHAT, body(Spoken.CHAT, "tokens=5", false)).statusCode())
                .isEqualTo(200);
        assertChargedOnce();
    }

    @Test
    void whoWasShortOfCreditTriesAgainOnceThereIsSome() throws Exception {
        var poor = system.customer("0.000001");
        var url = system.url(Spoken.CHAT.path());
        var body = body(Spoken.CHAT, "tokens=5", false);
        for (var i = 0; i < 3; i++) {
            assertRefused(Keyed.send(url, poor.apiKey(), KEY, body), 402, "insufficient_credits");
        }
        system.operator(
                "POST", "/accounts/" + poor.account() + "/grants", Map.of("amount_usd", "1", "reference", "more"));
        var first = Keyed.send(url, poor.apiKey(), KEY, body);
        assertThat(first.statusCode()).as(Keyed.text(first)).isEqualTo(200);
        Keyed.assertReplayed(first, Keyed.send(url, poor.apiKey(), KEY, body));
    }

    @ParameterizedTest
    @EnumSource(Spoken.class)
    void whatTheUpstreamFailedBeforeItsAnswerRunsAnew(Spoken protocol) throws Exception {
        for (var attempt = 1; attempt <= 2; attempt++) {
            assertThat(ask(protocol, body(protocol, "fail=500", true)).statusCode())
                    .isGreaterThanOrEqualTo(500);
            assertThat(upstreamSaw()).as("each is tried").isEqualTo(attempt);
        }
        var first = ask(protocol, body(protocol, "tokens=5", true));
        assertThat(first.statusCode()).as(Keyed.text(first)).isEqualTo(200);
        Keyed.assertReplayed(first, ask(protocol, body(protocol, "tokens=5", true)));
        customer.booksAtRest();
        assertThat(lines("charge")).isOne();
        customer.isServedWell();
    }

    /** What came of it is paid for: to run it again by itself would be at the client's expense. */
    @ParameterizedTest
    @EnumSource(Spoken.class)
    void whatBreaksOffMidwayIsAnsweredAlike(Spoken protocol) throws Exception {
        var body = body(protocol, "tokens=20, chunk-delay-ms=20, cut-after=7", true);
        var first = ask(protocol, body);
        assertThat(protocol.isBroken(Keyed.text(first))).as(Keyed.text(first)).isTrue();
        Keyed.assertReplayed(first, ask(protocol, body));
        assertChargedOnce();
        customer.isServedWell();
    }

    @Test
    void aQuoteIsExecutedOnceAndAnsweredAlike() throws Exception {
        var body = body(Spoken.CHAT, "tokens=5", false);
        var quote = Map.of("X-Quote-Id", customer.quote(body).path("quote_id").asString());
        var first = ask(Spoken.CHAT.path(), KEY, body, quote);
        assertThat(first.statusCode()).as(Keyed.text(first)).isEqualTo(200);
        Keyed.assertReplayed(first, ask(Spoken.CHAT.path(), KEY, body, quote));
        assertRefused(ask(Spoken.CHAT.path(), KEY, body, Map.of()), 422, "idempotency_mismatch");
        assertRefused(ask(Spoken.CHAT.path(), "another", body, quote), 422, "quote_expired");
        assertChargedOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789abcdef-0123456789abcdef"})
    void aKeyHasAForm(String piece) throws Exception {
        var answer = ask(Spoken.CHAT.path(), piece.repeat(8), body(Spoken.CHAT, "tokens=5", false), Map.of());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Keyed.text(answer)).contains("Idempotency-Key must be one header of 1 to 255");
        assertThat(upstreamSaw()).isZero();
    }

    @Test
    void whatIsFreeIgnoresIt() throws Exception {
        for (var path : List.of("/v1/quote", "/v1/messages/count_tokens")) {
            for (var i = 0; i < 2; i++) {
                var answer = ask(path, KEY, body(Spoken.MESSAGES, "tokens=" + i, false), Map.of());
                assertThat(answer.statusCode()).as(Keyed.text(answer)).isEqualTo(200);
                assertThat(Keyed.isReplayed(answer)).isFalse();
            }
        }
    }
}
