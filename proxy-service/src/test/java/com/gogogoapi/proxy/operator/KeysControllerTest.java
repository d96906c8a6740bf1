package com.gogogoapi.proxy.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.proxy.keys.ApiKeys.Known;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which of the keys that end alike is meant. */
class KeysControllerTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private static Known key(String id, @Nullable Instant revokedAt) {
        return new Known(id, new AccountId("acct_1"), "label", "abcd", NOON, revokedAt);
    }

    @Test
    void itIsTheOnlyValidOne() {
        var valid = key("key_2", null);
        assertThat(KeysController.only(List.of(key("key_1", NOON), valid))).isEqualTo(valid);
    }

    @Test
    void whereNoneIsValidItIsTheOnlyOne() {
        assertThat(KeysController.only(List.of(key("key_1", NOON))).keyId()).isEqualTo("key_1");
    }

    @Test
    void ofSeveralNoneIsRevokedAndAllAreNamed() {
        var refusal = catchThrowableOfType(
                ApiError.class, () -> KeysController.only(List.of(key("key_1", null), key("key_2", null))));
        assertThat(refusal.status()).isEqualTo(422);
        assertThat(refusal.code()).isEqualTo("ambiguous_key");
        assertThat(refusal.body().toString()).contains("key_1", "key_2", "acct_1");
    }

    @Test
    void noneIsNoneToRevoke() {
        assertThat(catchThrowableOfType(ApiError.class, () -> KeysController.only(List.of()))
                        .status())
                .isEqualTo(404);
    }
}
