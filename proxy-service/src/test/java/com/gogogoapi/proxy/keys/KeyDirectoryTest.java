package com.gogogoapi.proxy.keys;

import static com.gogogoapi.proxy.keys.Keys.aKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.KeyStatus;
import java.net.InetAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KeyDirectoryTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");

    private final KeyDirectory directory = new KeyDirectory();

    private Caller known(Keys key) {
        directory.apply(key.event());
        return directory.find(key.hash()).orElseThrow();
    }

    private static ApiError refusal(Caller caller, Instant at, String from) {
        return catchThrowableOfType(ApiError.class, () -> caller.requireUsable(at, InetAddress.ofLiteral(from)));
    }

    @Test
    void theHighestVersionStaysInWhateverOrderNewsCome() {
        var key = aKey();
        assertThat(known(key.inVersion(2, KeyStatus.REVOKED)).status()).isEqualTo(KeyStatus.REVOKED);
        assertThat(known(key.inVersion(1, KeyStatus.ACTIVE)).status())
                .as("an older one that comes late")
                .isEqualTo(KeyStatus.REVOKED);
        assertThat(known(key.inVersion(2, KeyStatus.ACTIVE)).status())
                .as("the same again")
                .isEqualTo(KeyStatus.REVOKED);
        assertThat(known(key.inVersion(3, KeyStatus.DISABLED)).status()).isEqualTo(KeyStatus.DISABLED);
        assertThat(directory.newest()).isEqualTo(3);
        assertThat(directory.size()).isOne();
        assertThat(directory.find(aKey().hash())).isEmpty();
    }

    @Test
    void aHashIsTheSameHoweverItIsWritten() {
        var key = aKey();
        assertThat(KeyHash.parse(key.event().keyHash())).isEqualTo(key.hash());
        assertThat(key.hash().hex()).isEqualTo(key.event().keyHash());
    }

    @Test
    void aRevokedOrDisabledKeyIsRefused() {
        assertThat(refusal(known(aKey().inVersion(1, KeyStatus.REVOKED)), NOON, "192.0.2.1"))
                .returns(401, ApiError::status)
                .returns("invalid_api_key", ApiError::code)
                .hasMessageContaining("revoked");
        assertThat(refusal(known(aKey().inVersion(1, KeyStatus.DISABLED)), NOON, "192.0.2.1"))
                .returns(401, ApiError::status)
                .hasMessageContaining("disabled");
    }

    @Test
    void aKeyEndsAtTheInstantOfItsExpiry() {
        var caller = known(aKey().expiringAt(NOON));
        assertThatCode(() -> caller.requireUsable(NOON.minusNanos(1), HERE)).doesNotThrowAnyException();
        assertThat(refusal(caller, NOON, "192.0.2.1"))
                .returns(401, ApiError::status)
                .hasMessageContaining("expired at 2026-11-26T12:00:00Z");
    }

    @Test
    void aKeyIsUsedFromWhereItMayBe() {
        var caller = known(aKey().from("192.0.2.0/24"));
        assertThatCode(() -> caller.requireUsable(NOON, HERE)).doesNotThrowAnyException();
        assertThat(refusal(caller, NOON, "198.51.100.1"))
                .returns(403, ApiError::status)
                .returns("address_not_allowed", ApiError::code)
                .hasMessageContaining("198.51.100.1");
    }

    @Test
    void aKeyCallsWhatItMay() {
        var caller = known(aKey().allowing("deepseek-v4-flash"));
        assertThatCode(() -> caller.requireRoute("deepseek-v4-flash")).doesNotThrowAnyException();
        assertThatCode(() -> caller.requireRoute("")).doesNotThrowAnyException();
        assertThat(catchThrowableOfType(ApiError.class, () -> caller.requireRoute("deepseek-v4-pro")))
                .returns(403, ApiError::status)
                .returns("model_not_allowed", ApiError::code)
                .hasMessageContaining("deepseek-v4-flash");
    }
}
