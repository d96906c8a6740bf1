package com.gogogoapi.proxy.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.proxy.outcome.OutcomeMeaning.DecidedBy;
import com.gogogoapi.proxy.outcome.OutcomeRule.Charge;
import com.gogogoapi.proxy.outcome.OutcomeRule.Delivered;
import com.gogogoapi.proxy.outcome.OutcomeRule.StatedUsage;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeRuleTest {

    private static final String TABLE = """
            how reading ended | delivered | usage  | outcome                | charged
            IN_ORDER          | SOMETHING | STATED | COMPLETED              | STATED_USAGE
            IN_ORDER          | SOMETHING | NONE   | USAGE_MISSING          | COUNTED_DELIVERY
            IN_ORDER          | NOTHING   | STATED | COMPLETED              | STATED_USAGE
            IN_ORDER          | NOTHING   | NONE   | NOTHING_SERVED         | NOTHING
            UPSTREAM_FAILED   | SOMETHING | STATED | UPSTREAM_FAILED_MIDWAY | LARGER_OF_BOTH
            UPSTREAM_FAILED   | SOMETHING | NONE   | UPSTREAM_FAILED_MIDWAY | COUNTED_DELIVERY
            UPSTREAM_FAILED   | NOTHING   | STATED | UPSTREAM_FAILED_MIDWAY | STATED_USAGE
            UPSTREAM_FAILED   | NOTHING   | NONE   | UPSTREAM_FAILED        | NOTHING
            TIMED_OUT         | SOMETHING | STATED | TIMED_OUT_MIDWAY       | LARGER_OF_BOTH
            TIMED_OUT         | SOMETHING | NONE   | TIMED_OUT_MIDWAY       | COUNTED_DELIVERY
            TIMED_OUT         | NOTHING   | STATED | TIMED_OUT_MIDWAY       | STATED_USAGE
            TIMED_OUT         | NOTHING   | NONE   | TIMED_OUT              | NOTHING
            INTERRUPTED       | SOMETHING | STATED | INTERRUPTED_MIDWAY     | LARGER_OF_BOTH
            INTERRUPTED       | SOMETHING | NONE   | INTERRUPTED_MIDWAY     | COUNTED_DELIVERY
            INTERRUPTED       | NOTHING   | STATED | INTERRUPTED_MIDWAY     | STATED_USAGE
            INTERRUPTED       | NOTHING   | NONE   | INTERRUPTED            | NOTHING
            CLIENT_LEFT       | SOMETHING | STATED | CLIENT_LEFT            | LARGER_OF_BOTH
            CLIENT_LEFT       | SOMETHING | NONE   | CLIENT_LEFT            | COUNTED_DELIVERY
            CLIENT_LEFT       | NOTHING   | STATED | CLIENT_LEFT            | STATED_USAGE
            CLIENT_LEFT       | NOTHING   | NONE   | CLIENT_LEFT_EARLY      | NOTHING
            CLIENT_LEFT_AGAIN | SOMETHING | STATED | CLIENT_LEFT            | LARGER_OF_BOTH
            CLIENT_LEFT_AGAIN | SOMETHING | NONE   | CLIENT_LEFT            | COUNTED_DELIVERY
            CLIENT_LEFT_AGAIN | NOTHING   | STATED | CLIENT_LEFT            | STATED_USAGE
            CLIENT_LEFT_AGAIN | NOTHING   | NONE   | CLIENT_LEFT_AGAIN      | COUNTED_PROMPT
            NOT_SENT          | SOMETHING | STATED | UPSTREAM_FAILED        | NOTHING
            NOT_SENT          | SOMETHING | NONE   | UPSTREAM_FAILED        | NOTHING
            NOT_SENT          | NOTHING   | STATED | UPSTREAM_FAILED        | NOTHING
            NOT_SENT          | NOTHING   | NONE   | UPSTREAM_FAILED        | NOTHING
            """;

    record Given(Ending ending, Delivered delivered, StatedUsage usage) {

        OutcomeRule rule() {
            return OutcomeRule.of(ending, delivered, usage);
        }
    }

    private record Row(Given given, OutcomeRule rule) {

        static Row of(List<String> cells) {
            return new Row(
                    new Given(
                            Ending.valueOf(cells.get(0)),
                            Delivered.valueOf(cells.get(1)),
                            StatedUsage.valueOf(cells.get(2))),
                    new OutcomeRule(Outcome.valueOf(cells.get(3)), Charge.valueOf(cells.get(4))));
        }
    }

    static Stream<Row> rows() {
        return TABLE.lines()
                .skip(1)
                .map(line -> Row.of(
                        Arrays.stream(line.split("\\|")).map(String::strip).toList()));
    }

    static Stream<Given> everyCombination() {
        return EnumSet.allOf(Ending.class).stream().flatMap(ending -> EnumSet.allOf(Delivered.class).stream()
                .flatMap(delivered ->
                        EnumSet.allOf(StatedUsage.class).stream().map(usage -> new Given(ending, delivered, usage))));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void saysHowARequestEndsAndWhatIsCharged(Row row) {
        assertThat(row.given().rule()).isEqualTo(row.rule());
    }

    @Test
    void theTableHasEveryCombinationOnce() {
        assertThat(rows().map(Row::given))
                .containsExactlyInAnyOrderElementsOf(everyCombination().toList());
    }

    @Test
    void reachesEveryOutcomeThatTheProxyDecidesAndNoOther() {
        var decidedHere = EnumSet.allOf(Outcome.class).stream()
                .filter(outcome -> OutcomeMeaning.of(outcome).decidedBy() == DecidedBy.PROXY)
                .collect(Collectors.toSet());
        assertThat(everyCombination().map(given -> given.rule().outcome()).collect(Collectors.toSet()))
                .isEqualTo(decidedHere);
    }
}
