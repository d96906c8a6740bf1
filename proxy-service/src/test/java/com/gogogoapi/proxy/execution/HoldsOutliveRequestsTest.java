package com.gogogoapi.proxy.execution;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HoldsOutliveRequestsTest {

    private static final Duration DECISION = Duration.ofSeconds(10);
    private static final Duration TOTAL = Duration.ofMinutes(14);

    @Test
    void holdsAsLongAsTheLongestRequestAreLongEnough() {
        assertThatCode(() -> HoldsOutliveRequests.check(Duration.ofMinutes(15), DECISION, TOTAL))
                .doesNotThrowAnyException();
        assertThatCode(() -> HoldsOutliveRequests.check(TOTAL.plusSeconds(20), DECISION, TOTAL))
                .doesNotThrowAnyException();
    }

    @Test
    void shorterOnesAreRefusedWithTheSettingsThatAreConcerned() {
        assertThatThrownBy(() -> HoldsOutliveRequests.check(TOTAL.plusSeconds(19), DECISION, TOTAL))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("gogogoapi.ledger.hold-duration must be at least 860 s, not 859 s")
                .hasMessageContaining("gogogoapi.proxy.upstream.total-timeout");
    }
}
