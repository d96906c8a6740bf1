package com.gogogoapi.account.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderPropertiesTest {

    @Test
    void withoutAnythingThereIsNone() {
        assertThat(new ProviderProperties(null, null, null).isThere()).isFalse();
        assertThat(new ProviderProperties(URI.create(""), "", "").isThere()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://example.com", "http://localhost:9000", "http://127.0.0.1:9000", "http://[::1]:9000"})
    void withAllOfItThereIsOne(String issuer) {
        assertThat(new ProviderProperties(URI.create(issuer), "an id", "a secret").isThere())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"https://example.com, an id,", "https://example.com,, a secret", ", an id, a secret"})
    void halfOfItIsRefused(String issuer, String id, String secret) {
        assertThatThrownBy(() -> new ProviderProperties(issuer == null ? null : URI.create(issuer), id, secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must have issuer, client-id and client-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com", "http://localhost.example.com", "ftp://localhost", "example.com"})
    void whatOthersCouldSpeakForIsRefused(String issuer) {
        assertThatThrownBy(() -> new ProviderProperties(URI.create(issuer), "an id", "a secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must begin with https://");
    }
}
