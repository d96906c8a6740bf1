package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an upstream answers, it answers in every protocol: well-meant oddities go through, and faults look like faults. */
@Tag("acceptance")
class OddAnswersOfProtocolsTest {

    private static final int LIMIT = 50;
    private static final String USAGE = "{\"input_tokens\":9,\"output_tokens\":2}";

    private final RunningSystem system = RunningSystem.shared();

    /** One for all: an account's share of the failures that open the circuit breaker is bounded. */
    private static final Customer CUSTOMER = RunningSystem.shared().customer("1.00");

    @BeforeEach
    void othersAreServedWell() {
        system.customer("1.00").isServedWell();
    }

    private HttpResponse<String> ask(Spoken protocol, ScriptedUpstream upstream, boolean stream) {
        return system.send(
                "POST",
                protocol.path(),
                CUSTOMER.apiKey(),
                protocol.body("Hello " + upstream.taughtTo(system), LIMIT, stream));
    }

    private static Stream<Arguments> inEveryProtocol(String... answers) {
        return Stream.of(Spoken.values())
                .flatMap(protocol -> Stream.of(answers).map(answer -> Arguments.of(protocol, answer)));
    }

    @ParameterizedTest
    @EnumSource
    void aWholeAnswerGoesThroughByteForByteWithWhatItsUsageCost(Spoken protocol) {
        var odd = " \n"
                + protocol.whole(
                        "h\\u00e9 \uD83D\uDE00",
                        USAGE,
                        ",\"x\" : 1.000,\"y\":[1e2,  null],\"z\":{\"\":12345678901234567890}");
        var answer = ask(protocol, ScriptedUpstream.whole(odd), false);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var cost = answer.headers().firstValue("x-cost-usd").orElseThrow();
        assertThat(cost).isEqualTo(CUSTOMER.lastLine().path("amount_usd").asString());
        var added = ",\"cost\":" + cost + ",\"cost_usd\":\"" + cost + "\"";
        assertThat(answer.body()).contains(added + "}");
        assertThat(answer.body().replace(added, "")).isEqualTo(odd);
        assertThat(CUSTOMER.lastLine().path("rule").asString()).isEqualTo("COMPLETED");
        assertThat(CUSTOMER.lastLine().path("completion_tokens").asLong()).isEqualTo(2);
    }

    static Stream<Arguments> answersThatAreNone() {
        return inEveryProtocol(
                "",
                "[]",
                "\"busy\"",
                "<html>busy</html>",
                "{\"error\":{\"message\":\"busy\"}}",
                "{\"error\":\"busy\"}",
                "{\"id\":\"a\",\"choices\":null,\"content\":null,\"output\":null}");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("answersThatAreNone")
    void a200ThatIsNoAnswerIsABadGatewayAndFree(Spoken protocol, String answer) {
        var whole = ask(protocol, ScriptedUpstream.whole(answer), false);
        assertThat(whole.statusCode()).as(whole.body()).isEqualTo(502);
        assertThat(protocol.error(whole.body()).path("message").asString("")).isNotBlank();
        var streamed = ask(protocol, ScriptedUpstream.stream("data: " + answer + "\n\n"), true);
        assertThat(streamed.statusCode()).as(streamed.body()).isEqualTo(502);
        assertThat(protocol.error(streamed.body()).path("message").asString("")).isNotBlank();
        assertThat(CUSTOMER.lastLine().path("type").asString()).isEqualTo("release");
        assertThat(CUSTOMER.books().held()).isZero();
    }

    static Stream<Arguments> usagesThatAreNone() {
        return inEveryProtocol(
                "null",
                "{\"input_tokens\":9}",
                "{\"input_tokens\":-1,\"output_tokens\":2}",
                "{\"input_tokens\":9,\"output_tokens\":1000000000000000000000000000000}");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("usagesThatAreNone")
    void aUsageThatCannotBeIsCountedInstead(Spoken protocol, String usage) {
        assertThat(ask(protocol, ScriptedUpstream.whole(protocol.whole(" the end of it", usage, "")), false)
                        .statusCode())
                .isEqualTo(200);
        var line = CUSTOMER.lastLine();
        assertThat(line.path("rule").asString()).isEqualTo("USAGE_MISSING");
        assertThat(line.path("completion_tokens").asLong()).isEqualTo(4);
    }

    static Stream<Arguments> absurdUsages() {
        return inEveryProtocol(
                "{\"input_tokens\":9,\"output_tokens\":900000000}", "{\"input_tokens\":900000000,\"output_tokens\":5}");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("absurdUsages")
    void anAbsurdUsageChargesNoMoreThanTheHoldIsFor(Spoken protocol, String usage) {
        assertThat(ask(protocol, ScriptedUpstream.whole(protocol.whole("the", usage, "")), false)
                        .statusCode())
                .isEqualTo(200);
        var charge = CUSTOMER.lastLine();
        assertThat(charge.path("completion_tokens").asLong()).isLessThanOrEqualTo(LIMIT);
        // A quarter and 64 tokens of the prompt's are believed; the hold is of the prompt that was counted.
        assertThat(Customer.amount(charge, "amount_usd"))
                .isLessThan(Customer.amount(charge, "held_usd_of_request").add(Customer.flashCost(64 + 200, 0, 0)));
        assertThat(Customer.amount(charge, "above_hold_usd")).isGreaterThan(new BigDecimal(100));
    }

    @ParameterizedTest
    @EnumSource
    void anExplicitZeroIsAUsage(Spoken protocol) {
        ask(
                protocol,
                ScriptedUpstream.whole(protocol.whole("the", "{\"input_tokens\":0,\"output_tokens\":0}", "")),
                false);
        assertThat(CUSTOMER.lastLine().path("rule").asString()).isEqualTo("COMPLETED");
        assertThat(CUSTOMER.lastLine().path("completion_tokens").asLong()).isZero();
    }
}
