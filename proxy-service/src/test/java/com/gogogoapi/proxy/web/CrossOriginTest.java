package com.gogogoapi.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class CrossOriginTest {

    private final MockFilterChain routes = new MockFilterChain();

    private MockHttpServletResponse asked(MockHttpServletRequest request) throws ServletException, IOException {
        var response = new MockHttpServletResponse();
        new CrossOrigin().doFilter(request, response, routes);
        return response;
    }

    private static MockHttpServletRequest preflight(String path, String headers) {
        var request = new MockHttpServletRequest("OPTIONS", path);
        request.addHeader("Origin", "https://example.com");
        request.addHeader("Access-Control-Request-Method", "POST");
        if (headers != null) {
            request.addHeader("Access-Control-Request-Headers", headers);
        }
        return request;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/api/v1/messages", "/beta/completions", "/v1/keys", "/v1/nowhere"})
    void aPageOfAnyOriginMayCallWhatAKeyOpens(String path) throws Exception {
        var headers = "authorization,content-type,x-api-key,anthropic-version,"
                + "anthropic-dangerous-direct-browser-access,x-stainless-lang,idempotency-key, x-quote-id";
        var allowed = asked(preflight(path, headers));
        assertThat(allowed.getStatus()).isEqualTo(204);
        assertThat(allowed.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(allowed.getHeader("Access-Control-Allow-Headers")).isEqualTo(headers);
        assertThat(allowed.getHeader("Access-Control-Allow-Methods")).contains("POST", "DELETE");
        assertThat(allowed.getHeader("Access-Control-Allow-Credentials")).isNull();
        assertThat(allowed.getContentAsByteArray()).isEmpty();
        assertThat(routes.getRequest()).as("nobody else hears of it").isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\ny", "a b", "ä", ""})
    void headersThatAreNoneAreNotRepeated(String headers) throws Exception {
        assertThat(asked(preflight("/v1/models", headers)).getHeader("Access-Control-Allow-Headers"))
                .isEqualTo("authorization, content-type");
        assertThat(asked(preflight("/v1/models", null)).getHeader("Access-Control-Allow-Headers"))
                .isEqualTo("authorization, content-type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/operator/accounts",
                "/api/v1/operator/accounts",
                "/v1/%6Fperator/accounts",
                "/v1/operator;x=1/accounts",
                "/pricing",
                "/",
                "/v1/../v1/models"
            })
    void ofOperatorsAndPagesNothingIsForOtherOrigins(String path) throws Exception {
        var refused = asked(preflight(path, "authorization"));
        assertThat(refused.getStatus()).isEqualTo(403);
        assertThat(refused.getContentAsString()).contains("origin_not_allowed");
        assertThat(refused.getHeader("Access-Control-Allow-Origin")).isNull();
        var request = new MockHttpServletRequest("GET", path);
        request.addHeader("Origin", "https://example.com");
        assertThat(asked(request).getHeader("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void anAnswerMayBeReadWithAllItsHeadersAlsoFromACache() throws Exception {
        var answer = asked(new MockHttpServletRequest("GET", "/v1/pricing"));
        assertThat(answer.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.getHeader("Access-Control-Expose-Headers")).isEqualTo("*");
        assertThat(routes.getRequest()).isNotNull();
    }
}
