package com.gogogoapi.benchmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class LiveObjectsTest {

    private static final class Kept {}

    @Test
    void countsWhatIsKeptAndNothingElse() {
        var kept = new ArrayList<Kept>();
        for (var i = 0; i < 1_000; i++) {
            var one = new Kept();
            if (i % 10 == 0) {
                kept.add(one);
            }
        }
        assertThat(LiveObjects.of(Kept.class)).isEqualTo(100);
        Reference.reachabilityFence(kept);
    }
}
