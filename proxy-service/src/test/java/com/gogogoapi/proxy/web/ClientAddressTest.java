package com.gogogoapi.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /chat/completions              | /v1/chat/completions
            /completions                   | /v1/completions
            /messages/count_tokens         | /v1/messages/count_tokens
            /responses                     | /v1/responses
            /models                        | /v1/models
            /models/deepseek/flash         | /v1/models/deepseek/flash
            /quote                         | /v1/quote
            /v1/v1/messages                | /v1/messages
            /v1/v1/v1/messages             | /v1/messages
            /api/v1/v1/messages            | /api/v1/messages
            /api/chat/completions          | /api/v1/chat/completions
            /api/credits                   | /api/v1/credits
            /v1/models/                    | /v1/models
            /v1/models///                  | /v1/models
            //v1/chat/completions          | /v1/chat/completions
            /v1//chat//completions/        | /v1/chat/completions
            /api//v1//models               | /api/v1/models
            /beta/chat/completions/        | /beta/chat/completions
            /v1/models/a%2Fb/              | /v1/models/a%2Fb
            """)
    void leadsToTheRouteThatIsMeant(String path, String meant) {
        assertThat(ClientAddress.meant(path)).isEqualTo(meant);
        assertThat(ClientAddress.meant(meant)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1",
                "/v1/models",
                "/api/v1/models",
                "/pricing",
                "/pricing/",
                "/dashboard/",
                "//dashboard",
                "/nowhere",
                "/internal/quotes",
                "/actuator/health",
                "/modelsx",
                "/v12/models",
                "/v1/operator/accounts",
                "//v1/operator/accounts",
                "/v1//operator/accounts",
                "/v1/operator/accounts/",
                "/api/operator/accounts",
                "/operator/accounts",
                "//v1/%6fperator/accounts",
                "/api/operator;x=1/accounts",
                "/v1//models/%zz",
                "/v1//%2e%2e/models",
                "/v1/v1/operator/accounts",
                "/chat/../operator/accounts",
                "/v1/./models",
                "/chat/..//completions",
                "*"
            })
    void isLeftAloneWhereNothingElseCanBeMeantOrOperatorsCall(String path) {
        assertThat(ClientAddress.meant(path)).isEqualTo(path);
    }
}
