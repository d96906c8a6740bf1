package com.gogogoapi.proxy.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class BearerTest {

    private static MockHttpServletRequest with(String... headers) {
        var request = new MockHttpServletRequest();
        for (var i = 0; i < headers.length; i += 2) {
            request.addHeader(headers[i], headers[i + 1]);
        }
        return request;
    }

    @Test
    void anApiKeyComesInEitherHeaderAndTheTokenCounts() {
        assertThat(Bearer.orApiKey(with("Authorization", "Bearer sk-1"))).contains("sk-1");
        assertThat(Bearer.orApiKey(with("X-Api-Key", "sk-2 "))).contains("sk-2");
        assertThat(Bearer.orApiKey(with("x-api-key", "sk-2", "Authorization", "bearer sk-1")))
                .contains("sk-1");
        assertThat(Bearer.orApiKey(with("x-api-key", "sk-2", "Authorization", "Basic eDp5")))
                .contains("sk-2");
        assertThat(Bearer.orApiKey(with())).isEmpty();
    }

    /** Operators' tokens are no API keys. */
    @Test
    void aTokenComesInOneHeaderAlone() {
        assertThat(Bearer.of(with("x-api-key", "token"))).isEmpty();
    }

    @Test
    void whoSaysNothingIsNobodyAndWhoSaysItWronglyIsNot() {
        assertThat(Bearer.isSaid(with())).isFalse();
        assertThat(Bearer.isSaid(with("x-api-key", ""))).isTrue();
        assertThat(Bearer.isSaid(with("Authorization", "nonsense"))).isTrue();
    }
}
