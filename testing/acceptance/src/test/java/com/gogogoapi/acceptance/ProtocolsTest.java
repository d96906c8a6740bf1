package com.gogogoapi.acceptance;

import static com.gogogoapi.acceptance.Customer.amount;
import static com.gogogoapi.acceptance.Customer.flashCost;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whichever protocol a request comes in, it has the same life: quoted, held, relayed, charged by the same rules. */
@Tag("acceptance")
class ProtocolsTest {

    private static final int LIMIT = 50;

    private final RunningSystem system = RunningSystem.shared();
    private final Customer customer = system.customer("1.00");

    @BeforeEach
    void othersAreServedWell() {
        system.customer("1.00").isServedWell();
    }

    private HttpResponse<String> ask(Spoken protocol, String settings, boolean stream) {
        return ask(protocol, protocol.body(text(settings), LIMIT, stream));
    }

    private String text(String settings) {
        return "Hello " + customer.account() + " [[sim: " + settings + "]]";
    }

    private HttpResponse<String> ask(Spoken protocol, String body) {
        return system.send("POST", protocol.path(), customer.apiKey(), body);
    }

    private JsonNode upstreamSaw() {
        return system.simulator("GET", "/requests")
                .path("data")
                .valueStream()
                .filter(entry -> entry.path("last_message").asString().contains(customer.account()))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Arguments> everyWay(Object... with) {
        return Stream.of(Spoken.values()).flatMap(protocol -> Stream.of(true, false)
                .flatMap(stream -> Stream.of(with).map(one -> Arguments.of(protocol, stream, one))));
    }

    static Stream<Arguments> usages() {
        return everyWay("trailing", "finish");
    }

    @ParameterizedTest(name = "{0}, streamed {1}, usage {2}")
    @MethodSource("usages")
    void isHeldAtItsLimitAndChargedByItsUsage(Spoken protocol, boolean stream, String usage) {
        var settings = "tokens=9, cached=3, usage=" + usage;
        var body = protocol.body(text(settings), LIMIT, stream, Map.of("temperature", 0.5));
        var answer = ask(protocol, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        if (stream) {
            assertThat(protocol.isWhole(answer.body())).as(answer.body()).isTrue();
        } else {
            assertThat(protocol.said(JsonMapper.shared().readTree(answer.body())))
                    .isNotBlank();
            var cost = customer.lastLine().path("amount_usd").asString();
            assertThat(answer.headers().firstValue("x-cost-usd")).hasValue(cost);
            var shown = JsonMapper.shared().readTree(answer.body()).path("usage");
            assertThat(shown.path("cost_usd").asString()).isEqualTo(cost);
            assertThat(shown.path("cost").decimalValue()).isEqualByComparingTo(cost);
        }
        var line = customer.lastLine();
        assertThat(line.path("rule").asString()).isEqualTo("COMPLETED");
        assertThat(line.path("completion_tokens").asLong()).isEqualTo(9);
        assertThat(line.path("cached_prompt_tokens").asLong()).isEqualTo(3);
        var prompt = line.path("prompt_tokens").asLong();
        assertThat(amount(line, "amount_usd")).isEqualByComparingTo(flashCost(prompt - 3, 3, 9));
        assertThat(amount(customer.statement().get(1), "amount_usd"))
                .as("held: what was counted, which is what the upstream counts, and the limit")
                .isEqualByComparingTo(flashCost(prompt, 0, LIMIT));
        assertThat(customer.books().held()).isZero();

        var seen = upstreamSaw();
        assertThat(seen.path("path").asString()).isEqualTo(protocol.upstreamPath());
        assertThat(seen.path("max_tokens").asString()).isEqualTo(Integer.toString(LIMIT));
        assertThat(seen.path("user_id").asString()).matches("[0-9a-f-]{36}");
    }

    static Stream<Arguments> refusals() {
        return everyWay("fail=400 400", "fail=401 502", "fail=429 503", "fail=500 502", "fail=503 503", "reset 502");
    }

    @ParameterizedTest(name = "{0}, streamed {1}, {2}")
    @MethodSource("refusals")
    void whatFailsBeforeItsFirstByteIsFree(Spoken protocol, boolean stream, String faultAndStatus) {
        var fault = faultAndStatus.split(" ");
        var answer = ask(protocol, fault[0], stream);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(Integer.parseInt(fault[1]));
        assertThat(protocol.error(answer.body()).path("message").asString("")).isNotBlank();
        assertThat(customer.books().charged()).isZero();
        assertThat(customer.books().held()).isZero();
        assertThat(customer.lastLine().path("rule").asString()).isEqualTo("UPSTREAM_FAILED");
    }

    static Stream<Arguments> breaks() {
        return Stream.of(Spoken.values())
                .flatMap(protocol -> Stream.of(
                        Arguments.of(protocol, "tokens=20, chunk-delay-ms=20, cut-after=7", "UPSTREAM_FAILED_MIDWAY"),
                        Arguments.of(protocol, "tokens=20, chunk-delay-ms=20, error-after=7", "UPSTREAM_FAILED_MIDWAY"),
                        Arguments.of(protocol, "tokens=20, stall-after=7, keep-alive=true", "TIMED_OUT_MIDWAY")));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("breaks")
    void whatBreaksMidwayIsToldAsAnErrorAndChargedForWhatWasDelivered(Spoken protocol, String fault, String rule) {
        var answer = ask(protocol, fault, true);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(protocol.isBroken(answer.body())).as(answer.body()).isTrue();
        var line = customer.lastLine();
        assertThat(line.path("rule").asString()).isEqualTo(rule);
        assertThat(line.path("usage_estimated").asBoolean()).isTrue();
        assertThat(line.path("completion_tokens").asLong()).isEqualTo(7);
        assertThat(customer.books().held()).isZero();
    }

    static Stream<Arguments> withoutUsage() {
        return everyWay("tokens=9, usage=none");
    }

    @ParameterizedTest(name = "{0}, streamed {1}")
    @MethodSource("withoutUsage")
    void missingUsageIsCountedAndMarkedAsEstimated(Spoken protocol, boolean stream, String settings) {
        assertThat(ask(protocol, settings, stream).statusCode()).isEqualTo(200);
        var line = customer.lastLine();
        assertThat(line.path("rule").asString()).isEqualTo("USAGE_MISSING");
        assertThat(line.path("usage_estimated").asBoolean()).isTrue();
        assertThat(line.path("completion_tokens").asLong()).isEqualTo(9);
    }

    static Stream<Arguments> nothing() {
        return everyWay("nothing=true");
    }

    @ParameterizedTest(name = "{0}, streamed {1}")
    @MethodSource("nothing")
    void whatServedNothingIsFree(Spoken protocol, boolean stream, String settings) {
        ask(protocol, settings, stream);
        assertThat(customer.books().charged()).isZero();
        assertThat(customer.lastLine().path("rule").asString()).isEqualTo("NOTHING_SERVED");
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatLeavesPaysForWhatItGot(Spoken protocol) throws Exception {
        var body = protocol.body(text("tokens=5000, chunk-delay-ms=10"), 5_000, true);
        var request = HttpRequest.newBuilder(URI.create(system.url(protocol.path())))
                .header("Authorization", "Bearer " + customer.apiKey())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var client = HttpClient.newHttpClient();
                var stream = client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body()) {
            assertThat(stream.readNBytes(5_000)).hasSize(5_000);
            client.shutdownNow();
        } catch (IOException e) {
            assertThat(e).as("leaving may break our own reading").isNotNull();
        }
        customer.booksAtRest();
        var line = customer.lastLine();
        assertThat(line.path("rule").asString()).isEqualTo("CLIENT_LEFT");
        assertThat(line.path("completion_tokens").asLong()).isBetween(1L, 2_000L);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheCreditDoesNotCoverIsRefusedWithWhatWouldFit(Spoken protocol) {
        var poor = system.customer("0.0001");
        var answer = system.send("POST", protocol.path(), poor.apiKey(), protocol.body("Hello", 10_000, false));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(402);
        var error = protocol.error(answer.body());
        assertThat(error.path("code").asString()).isEqualTo("insufficient_credits");
        assertThat(error.path("available_usd").asString()).isEqualTo("0.0001");
        assertThat(error.path("held_usd").asString()).isEqualTo("0.00");
        assertThat(amount(error, "required_usd")).isGreaterThan(flashCost(0, 0, 10_000));
        var fits = error.path("affordable_max_tokens").asInt();
        assertThat(fits).isBetween(1, 9_999);
        assertThat(error.has("reason")).isFalse();
        assertThat(poor.books().held()).isZero();
        assertThat(system.send("POST", protocol.path(), poor.apiKey(), protocol.body("Hello", fits, false))
                        .statusCode())
                .as("what would fit does")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void whatOthersHoldForAWhileIsSaidAndWhenToTryAgain(Spoken protocol) throws Exception {
        var poor = system.customer("0.004");
        var holding = HttpRequest.newBuilder(URI.create(system.url(protocol.path())))
                .header("Authorization", "Bearer " + poor.apiKey())
                .POST(HttpRequest.BodyPublishers.ofString(
                        protocol.body("Hello [[sim: tokens=5000, chunk-delay-ms=20]]", 10_000, true)))
                .build();
        try (var client = HttpClient.newHttpClient();
                var stream = client.send(holding, HttpResponse.BodyHandlers.ofInputStream())
                        .body()) {
            assertThat(stream.readNBytes(10)).hasSize(10);
            var answer = system.send("POST", protocol.path(), poor.apiKey(), protocol.body("Hello", 10_000, false));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(402);
            var error = protocol.error(answer.body());
            assertThat(error.path("reason").asString()).isEqualTo("held_by_requests_in_flight");
            assertThat(amount(error, "held_usd")).isPositive();
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            client.shutdownNow();
        } catch (IOException e) {
            assertThat(e).as("leaving may break our own reading").isNotNull();
        }
        poor.booksAtRest();
    }

    private HttpResponse<String> askWishing(Customer who, Spoken protocol, String wish, Map<String, Object> more)
            throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(system.url(protocol.path())))
                            .header("Authorization", "Bearer " + who.apiKey())
                            .header("X-On-Insufficient-Credit", wish)
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    protocol.body("Hello [[sim: tokens=3]]", 10_000, false, more)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsToHappenThenAHeaderSaysToo(Spoken protocol) throws Exception {
        var poor = system.customer("0.0001");
        var field = "on_insufficient_credit";
        assertThat(askWishing(poor, protocol, "refuse", Map.of()).statusCode()).isEqualTo(402);
        var before = poor.statement();
        for (var more : List.<Map<String, Object>>of(Map.of(field, "refuse"), Map.of(field, "beg"))) {
            var refused = askWishing(poor, protocol, "shrink", more);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
            assertThat(protocol.error(refused.body()).path("param").asString()).isEqualTo(field);
        }
        var unknown = askWishing(poor, protocol, "beg", Map.of());
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(protocol.error(unknown.body()).path("message").asString())
                .contains("must be \"refuse\" or \"shrink\"");
        assertThat(poor.statement()).as("refused before the ledger hears of it").isEqualTo(before);

        var shrunk = askWishing(poor, protocol, "shrink", Map.of(field, "shrink"));
        assertThat(shrunk.statusCode()).as(shrunk.body()).isEqualTo(200);
        assertThat(shrunk.headers().firstValue("x-completion-limit-shrunk-from"))
                .hasValue("10000");
    }

    @ParameterizedTest
    @EnumSource
    void aQuoteIsExecutedOnTheProtocolItWasMadeFor(Spoken protocol) {
        var body = protocol.body(text("tokens=3"), LIMIT, false);
        var answer = system.send("POST", "/v1/quote?protocol=" + protocol.wireName(), customer.apiKey(), body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var quote = JsonMapper.shared().readTree(answer.body());
        assertThat(quote.path("protocol").asString()).isEqualTo(protocol.wireName());

        var other = protocol == Spoken.CHAT ? Spoken.MESSAGES : Spoken.CHAT;
        var elsewhere = ask(
                other,
                other.body(
                        text("tokens=3"),
                        LIMIT,
                        false,
                        Map.of("quote_id", quote.path("quote_id").asString())));
        assertThat(elsewhere.statusCode()).as(elsewhere.body()).isEqualTo(422);
        assertThat(other.error(elsewhere.body()).path("reason").asString()).isEqualTo("another_protocol");

        var executed = ask(
                protocol,
                protocol.body(
                        text("tokens=3"),
                        LIMIT,
                        false,
                        Map.of("quote_id", quote.path("quote_id").asString())));
        assertThat(executed.statusCode()).as(executed.body()).isEqualTo(200);
        assertThat(executed.headers().firstValue("x-quote-id"))
                .hasValue(quote.path("quote_id").asString());
        assertThat(amount(customer.statement().get(1), "amount_usd"))
                .isEqualByComparingTo(amount(quote, "max_cost_usd"));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotServedIsRefusedWithWordsBeforeTheLedgerHearsOfIt(Spoken protocol) {
        var before = customer.statement();
        var image = Map.of("type", protocol == Spoken.RESPONSES ? "input_file" : "file");
        var conversation = List.of(Map.of("role", "user", "content", List.of(image)));
        var refused = new LinkedHashMap<String, Map<String, Object>>();
        refused.put("n must be 1", Map.of("n", 2));
        refused.put("must be a whole number from 1", Map.of(protocol.limitField(), 0));
        refused.put("must be at most", Map.of(protocol.limitField(), 999_999_999));
        if (protocol != Spoken.COMPLETIONS) {
            refused.put("must be text", Map.of(protocol == Spoken.RESPONSES ? "input" : "messages", conversation));
        }
        refused.forEach((words, more) -> {
            var answer = ask(protocol, protocol.body("Hello", LIMIT, false, more));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(protocol.error(answer.body()).path("message").asString()).contains(words);
        });
        assertThat(customer.statement()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownKeyAndAnUnknownModelAreErrorsOfTheProtocol(Spoken protocol) {
        var noKey = system.send("POST", protocol.path(), "sk-gogogo-nobody", protocol.body("Hello", LIMIT, false));
        assertThat(noKey.statusCode()).isEqualTo(401);
        assertThat(protocol.error(noKey.body()).path("code").asString()).isEqualTo("invalid_api_key");
        var noModel = ask(protocol, protocol.body("Hello", LIMIT, false, Map.of("model", "no-such-model")));
        assertThat(noModel.statusCode()).isEqualTo(404);
        assertThat(protocol.error(noModel.body()).path("code").asString()).isEqualTo("model_not_found");
    }
}
