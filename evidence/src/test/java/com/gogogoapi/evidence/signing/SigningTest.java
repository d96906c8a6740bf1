package com.gogogoapi.evidence.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SigningTest {

    private final SigningKey key = SigningKey.parse(SigningKey.generate());

    @Test
    void verifiesWhatItSignedAndNothingElse() {
        var signed = key.sign("{\"a\":1}");
        var published = VerifyingKey.parsePem(key.verifyingKey().pem());
        assertThat(published.verifies(signed)).isTrue();
        assertThat(published.id()).isEqualTo(key.verifyingKey().id()).hasSize(16);
        assertThat(published.verifies(new SignedText("{\"a\":2}", signed.signature())))
                .isFalse();
        assertThat(published.verifies(new SignedText(signed.payload(), "not base64!")))
                .isFalse();
        assertThat(SigningKey.parse(SigningKey.generate()).verifyingKey().verifies(signed))
                .isFalse();
    }

    @Test
    void refusesKeysThatDoNotBelongTogether() {
        var one = SigningKey.generate();
        var other = SigningKey.generate();
        var mixed = one.substring(0, one.indexOf('.')) + other.substring(other.indexOf('.'));
        assertThatThrownBy(() -> SigningKey.parse(mixed)).hasMessageContaining("belong together");
        assertThatThrownBy(() -> SigningKey.parse("nonsense")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VerifyingKey.parsePem("nonsense")).isInstanceOf(IllegalArgumentException.class);
    }
}
