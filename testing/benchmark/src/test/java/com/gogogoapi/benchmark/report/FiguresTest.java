package com.gogogoapi.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void haveThreeDigitsThatCount() {
        assertThat(Figures.number(41_234.5)).isEqualTo("41,200");
        assertThat(Figures.number(1_999_999)).isEqualTo("2,000,000");
        assertThat(Figures.number(12.345)).isEqualTo("12.3");
        assertThat(Figures.number(0.01234)).isEqualTo("0.0123");
        assertThat(Figures.number(0)).isEqualTo("0");
    }

    @Test
    void sayTheirUnit() {
        assertThat(Figures.of(0.5, "ms")).isEqualTo("0.5 ms");
        assertThat(Figures.ratio(1.5)).isEqualTo("1.5 ×");
    }
}
