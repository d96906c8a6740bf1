package com.gogogoapi.proxy.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class FingerprintTest {

    private static byte[] of(String route, String body, String... headers) {
        var request = new MockHttpServletRequest();
        for (var i = 0; i < headers.length; i += 2) {
            request.addHeader(headers[i], headers[i + 1]);
        }
        return Fingerprint.of(route, request, body.getBytes(UTF_8));
    }

    private final byte[] first = of("chat a", "{}");

    @Test
    void theSameRequestHasTheSame() {
        assertThat(of("chat a", "{}")).isEqualTo(first).hasSize(32);
        assertThat(of("chat a", "{}", "User-Agent", "another", "Accept", "*/*")).isEqualTo(first);
    }

    @Test
    void anotherRouteOrBodyHasAnother() {
        assertThat(of("chat b", "{}")).isNotEqualTo(first);
        assertThat(of("chat a", "{ }")).isNotEqualTo(first);
        assertThat(of("chat", " a{}")).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Quote-Id", "x-on-insufficient-credit", "anthropic-version", "Anthropic-Beta"})
    void soHasOneWithAnotherHeaderThatMatters(String name) {
        var one = of("chat a", "{}", name, "one");
        assertThat(one).isNotEqualTo(first).isEqualTo(of("chat a", "{}", name, "one"));
        assertThat(of("chat a", "{}", name, "two")).isNotEqualTo(one);
    }
}
