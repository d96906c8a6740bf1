package com.gogogoapi.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One route, however it is written, has one rule. */
class AccessCheckTest {

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/keys, GET /keys",
        "GET, /api/v1/keys, GET /keys",
        "HEAD, /api/v1/keys, GET /keys",
        "POST, /api/v1/operator/accounts/{account}/grants, POST /operator/accounts/{account}/grants",
        "GET, /pricing, GET /pricing",
        "GET, /v1x/keys, GET /v1x/keys",
        "DELETE, /v1/keys/{keyId}, DELETE /keys/{keyId}"
    })
    void aRouteIsNamedWithoutItsPrefix(String method, String pattern, String route) {
        assertThat(AccessCheck.route(method, pattern)).isEqualTo(route);
    }

    @Test
    void whatHasNoLineHasNoRule() {
        assertThat(RouteRules.of("GET /unheard-of")).isEmpty();
        assertThat(RouteRules.of("PUT /keys")).isEmpty();
        assertThat(RouteRules.of("GET /keys")).isPresent();
    }

    /** Where operators come in: its page, what that is made of, and the session that it begins. */
    private static final Set<String> WAY_IN = Set.of(
            "GET /operator/{page}",
            "GET /operator/{page}/{item}",
            "GET /operator/assets/{file}",
            "GET /operator/session",
            "POST /operator/session",
            "DELETE /operator/session");

    /** A route is an operator's, a key's, or everybody's: nothing is two of them. */
    @Test
    void everyRuleIsOfOneKind() {
        var operators = Set.of(Who.SUPPORT, Who.PRICES, Who.TREASURY, Who.AUDITOR, Who.INSTALLATION);
        RouteRules.all().forEach((route, who) -> {
            var rule = RouteRules.of(route).orElseThrow();
            if (route.contains(" /operator/") && !WAY_IN.contains(route)) {
                assertThat(operators).as(route).containsAll(who);
                assertThat(rule.key()).as(route).isEqualTo(RouteRules.Key.NONE);
            } else if (rule.key() == RouteRules.Key.NONE) {
                assertThat(who).as(route).containsExactly(Who.EVERYBODY);
            } else {
                assertThat(who).as(route).doesNotContainAnyElementsOf(operators).doesNotContain(Who.EVERYBODY);
            }
        });
    }
}
