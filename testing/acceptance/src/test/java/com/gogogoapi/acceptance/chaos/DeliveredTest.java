package com.gogogoapi.acceptance.chaos;

import static com.gogogoapi.fixtures.Events.reserved;
import static com.gogogoapi.fixtures.Events.settled;
import static com.gogogoapi.fixtures.Requests.NOON;
import static com.gogogoapi.fixtures.Requests.aQuoteOf;
import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.usage;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.acceptance.chaos.Delivered.Given;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The mutants of what chaos with proxies asserts: each way in which something served is charged wrongly is told. */
class DeliveredTest {

    private static final String DONE = "data: [DONE]";
    private static final String TOLD = "data: {\"error\":{\"code\":\"service_stopping\"}}";
    private static final String BROKEN = "broken: java.io.IOException";
    private static final int TOKENS = 60;
    private static final int LIMIT = 100;
    private static final Instant KILLED = NOON.plusSeconds(TOKENS);
    private static final long CERTAIN = TOKENS - Delivered.BOUND.toSeconds();

    private final CreditReserved hold = reserved(aQuoteOf(newRequest(), LIMIT));

    /** A token a second. */
    private Given given(boolean isServed, String text, @Nullable Instant proxyKilledAt) {
        var pieces = LongStream.range(0, TOKENS).mapToObj(NOON::plusSeconds).toList();
        return new Given(hold.requestId().toString(), isServed, TOKENS, pieces, text, "a proxy", proxyKilledAt);
    }

    private LedgerEvent charged(Outcome outcome, long tokens) {
        return settled(hold, outcome, usage(0, 0, tokens));
    }

    private static void judge(Given given, LedgerEvent... events) {
        new Delivered(Stream.of(events)).assertChargedAsDelivered(List.of(given));
    }

    enum Right {
        DONE_IN_FULL,
        CUT_BY_SIGTERM,
        KILLED_WITHIN_THE_BOUND,
        REFUSED
    }

    @ParameterizedTest
    @EnumSource
    void whatIsChargedAsItWasDeliveredIsRight(Right right) {
        assertThatCode(() -> {
                    switch (right) {
                        case DONE_IN_FULL -> judge(given(true, DONE, null), hold, charged(Outcome.COMPLETED, TOKENS));
                        case CUT_BY_SIGTERM ->
                            judge(given(true, TOLD, null), hold, charged(Outcome.INTERRUPTED_MIDWAY, TOKENS));
                        case KILLED_WITHIN_THE_BOUND ->
                            judge(given(true, BROKEN, KILLED), hold, charged(Outcome.INTERRUPTED_MIDWAY, CERTAIN));
                        case REFUSED -> judge(given(false, "", null));
                    }
                })
                .doesNotThrowAnyException();
    }

    enum Wrong {
        ENDED_AND_NOT_CHARGED("as nothing"),
        ENDED_AND_CHARGED_IN_PART("came to its end and was charged for 59 tokens"),
        ENDED_AND_CHARGED_AS_BROKEN("as INTERRUPTED_MIDWAY"),
        STOPPED_AND_NOT_CHARGED("was cut off by SIGTERM and charged for 0 tokens"),
        KILLED_AND_LOST_BEYOND_THE_BOUND("before its proxy was killed and was charged for 49 tokens"),
        KILLED_AND_LOST("and was charged for 0 tokens"),
        KILLED_AND_CHARGED_FOR_MORE("was charged for 61 tokens"),
        BROKEN_BY_NOBODY("broke though nothing was done"),
        REFUSED_AND_CHARGED("was refused and charged"),
        CHARGED_WITHOUT_A_HOLD("was charged more than was held for it");

        private final String told;

        Wrong(String told) {
            this.told = told;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyWrongChargeIsTold(Wrong wrong) {
        assertThatThrownBy(() -> {
                    switch (wrong) {
                        case ENDED_AND_NOT_CHARGED -> judge(given(true, DONE, null), hold);
                        case ENDED_AND_CHARGED_IN_PART ->
                            judge(given(true, DONE, null), hold, charged(Outcome.COMPLETED, TOKENS - 1));
                        case ENDED_AND_CHARGED_AS_BROKEN ->
                            judge(given(true, DONE, null), hold, charged(Outcome.INTERRUPTED_MIDWAY, TOKENS));
                        case STOPPED_AND_NOT_CHARGED -> judge(given(true, TOLD, null), hold);
                        case KILLED_AND_LOST_BEYOND_THE_BOUND ->
                            judge(given(true, BROKEN, KILLED), hold, charged(Outcome.INTERRUPTED_MIDWAY, CERTAIN - 1));
                        case KILLED_AND_LOST -> judge(given(true, BROKEN, KILLED), hold);
                        case KILLED_AND_CHARGED_FOR_MORE ->
                            judge(given(true, BROKEN, KILLED), hold, charged(Outcome.INTERRUPTED_MIDWAY, TOKENS + 1));
                        case BROKEN_BY_NOBODY ->
                            judge(given(true, BROKEN, null), hold, charged(Outcome.INTERRUPTED_MIDWAY, TOKENS));
                        case REFUSED_AND_CHARGED ->
                            judge(given(false, "", null), hold, charged(Outcome.COMPLETED, TOKENS));
                        case CHARGED_WITHOUT_A_HOLD ->
                            judge(given(true, DONE, null), charged(Outcome.COMPLETED, TOKENS));
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(wrong.told);
    }

    @Test
    void manyAreToldInAScreenful() {
        var all = LongStream.range(0, 500)
                .mapToObj(number -> given(true, BROKEN, null))
                .toList();
        assertThatThrownBy(() -> new Delivered(Stream.of()).assertChargedAsDelivered(all))
                .hasMessageStartingWith("500 streams")
                .satisfies(failure -> org.assertj.core.api.Assertions.assertThat(
                                failure.getMessage().lines())
                        .hasSizeLessThan(12));
    }
}
