package com.gogogoapi.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void medianIsTheMiddleWhateverTheOrder() {
        assertThat(Samples.of(9, 1, 5).median()).isEqualTo(5);
        assertThat(Samples.of(1_000, 2, 3, 1, 4).median()).isEqualTo(3);
    }

    @Test
    void medianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(Samples.of(1, 100, 2, 4).median()).isEqualTo(3);
    }

    @Test
    void knowsItsExtremes() {
        assertThat(Samples.of(9, 1, 5).least()).isEqualTo(1);
        assertThat(Samples.of(9, 1, 5).most()).isEqualTo(9);
    }

    @Test
    void nothingHasNoMedian() {
        assertThatThrownBy(() -> new Samples(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
