package com.gogogoapi.proxy.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.proxy.ProxyProperties;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A session of an operator whom the settings name is proven by his token, and by no other one. */
class SettingsOperatorsTest {

    private static final String OPERATORS = "operator-token-of-32-characters!!";
    private static final String AUDITORS = "auditor-token-of-32-characters-!!";

    private static SettingsOperators with(String operatorToken, String auditorToken) {
        var somewhere = URI.create("http://localhost");
        return new SettingsOperators(new ProxyProperties(
                somewhere,
                somewhere,
                somewhere,
                somewhere,
                somewhere,
                somewhere,
                operatorToken,
                auditorToken,
                1_000,
                Duration.ofSeconds(1),
                new ProxyProperties.UpstreamProperties(
                        somewhere,
                        "",
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Map.of(),
                        1,
                        1)));
    }

    @Test
    void aProofIsOfOneSessionAndOneToken() {
        var settings = with(OPERATORS, AUDITORS);
        var proof = settings.proof(Operator.INSTALLATIONS, "a session").orElseThrow();
        assertThat(settings.proven("a session", proof)).contains(Operator.INSTALLATIONS);
        assertThat(settings.proven("another session", proof)).isEmpty();
        assertThat(with(OPERATORS + "2", AUDITORS).proven("a session", proof))
                .as("after the token was changed")
                .isEmpty();
        assertThat(settings.proof(Operator.AUDITOR, "a session")
                        .flatMap(auditors -> settings.proven("a session", auditors)))
                .contains(Operator.AUDITOR);
    }

    @Test
    void anInstallationWithoutAnAuditorHasNoneByAnEmptyToken() {
        var settings = with(OPERATORS, "");
        assertThat(settings.withToken("")).isEmpty();
        assertThat(settings.withToken(OPERATORS)).contains(Operator.INSTALLATIONS);
        assertThat(settings.withToken(AUDITORS)).isEmpty();
        assertThat(settings.proof(Operator.AUDITOR, "a session")).isEmpty();
    }
}
