package com.gogogoapi.contracts.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"deepseek-v4-flash", "a", "7B", "org:model_1.5"})
    void isOne(String name) {
        assertThat(ModelName.isValid(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-flash", "../flash", "a/b", "a b", "modèle", "flash\n"})
    void isNone(String name) {
        assertThat(ModelName.isValid(name)).isFalse();
    }

    @Test
    void isAsLongAsItMayBe() {
        assertThat(ModelName.isValid("m".repeat(ModelName.MAX_CHARS))).isTrue();
        assertThat(ModelName.isValid("m".repeat(ModelName.MAX_CHARS + 1))).isFalse();
    }
}
