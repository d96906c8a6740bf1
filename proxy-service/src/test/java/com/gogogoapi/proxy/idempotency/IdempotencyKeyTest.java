package com.gogogoapi.proxy.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class IdempotencyKeyTest {

    private static final AccountId ACCOUNT = new AccountId("acct_1");

    private static IdempotencyKey keyOf(String... headers) {
        var request = new MockHttpServletRequest();
        for (var header : headers) {
            request.addHeader(IdempotencyKey.HEADER, header);
        }
        return IdempotencyKey.of(request, ACCOUNT);
    }

    @Test
    void aRequestNeedsNone() {
        assertThat(keyOf()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "order 7/2026", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", "~!"})
    void printableAsciiIsOne(String text) {
        assertThat(keyOf(text)).isEqualTo(new IdempotencyKey(ACCOUNT, text));
    }

    @Test
    void itHasAtMost255Characters() {
        assertThat(keyOf("k".repeat(IdempotencyKey.MAX_CHARS)).text()).hasSize(255);
        assertRefused("k".repeat(IdempotencyKey.MAX_CHARS + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "é", "a\tb", "a\u007f"})
    void nothingElseIs(String text) {
        assertRefused(text);
    }

    @Test
    void thereMustNotBeTwo() {
        assertRefused("a", "b");
    }

    private static void assertRefused(String... headers) {
        assertThatThrownBy(() -> keyOf(headers)).isInstanceOfSatisfying(ApiError.class, error -> {
            assertThat(error.status()).isEqualTo(400);
            assertThat(error.fields().get("param")).isEqualTo("Idempotency-Key");
            assertThat(error).hasMessageContaining("must be one header of 1 to 255");
        });
    }
}
