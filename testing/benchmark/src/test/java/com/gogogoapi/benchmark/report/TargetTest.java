package com.gogogoapi.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.benchmark.report.Target.State;
import org.junit.jupiter.api.Test;

class TargetTest {

    @Test
    void atLeastIsMetFromTheBoundOn() {
        assertThat(Target.atLeast("events", 50, "raw", 100, "/s", 0.5).state()).isEqualTo(State.MET);
        assertThat(Target.atLeast("events", 49, "raw", 100, "/s", 0.5).state()).isEqualTo(State.NOT_MET);
    }

    @Test
    void atMostIsMetUpToTheBound() {
        assertThat(Target.atMost("p50", 1.5, "bare", 1, "ms", 1.5).state()).isEqualTo(State.MET);
        assertThat(Target.atMost("p50", 1.51, "bare", 1, "ms", 1.5).state()).isEqualTo(State.NOT_MET);
    }

    @Test
    void saysWhatItWasHeldAgainst() {
        assertThat(Target.atLeast("events", 30_000, "raw", 120_000, "/s", 0.5))
                .isEqualTo(new Target("events", "30,000 /s", "raw: 120,000 /s", "0.25 ×", "≥ 0.5 ×", State.NOT_MET));
    }
}
