package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the document does not name is found wherever it stands, and what it leaves open is left open. */
class SchemaReaderTest {

    private static final String RECEIVED = "{\"type\":\"test\",\"timestamp\":\"2026-11-27T00:00:00Z\",\"data\":"
            + "{\"account_id\":\"acct_1\",\"shard\":0,\"sequence\":1,\"webhook_id\":\"of its type\"}}";

    private static final String PRICE =
            "\"input_usd_per_million\":\"1.00\",\"cached_input_usd_per_million\":\"1.00\",\"output_usd_per_million\":\"1.00\"";
    private static final String WINDOW = "{\"name\":\"peak\",\"days\":[\"monday\"],\"from\":\"09:00\",\"to\":\"18:00\","
            + "\"on_holidays\":\"never\"," + PRICE + "%s}";
    private static final String VERSION = "{\"price_version\":\"v1\"," + PRICE
            + ",\"valid_from\":\"2026-11-27T00:00:00Z\",\"source\":{\"url\":\"https://example.com\","
            + "\"retrieved_at\":\"2026-11-27T00:00:00Z\"%s},\"schedule\":{\"zone\":\"UTC\",\"windows\":[" + WINDOW
            + "],\"in_words\":[]},\"published_by\":\"operator\",\"published_at\":\"2026-11-27T00:00:00Z\"%s}";

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @Test
    void whatIsNamedByPartsIsNamed() {
        assertThat(OpenApi.faultsOf("PriceVersion", json(VERSION.formatted("", "", ""))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whatIsNotNamedIsAFault(int where) {
        var more = new Object[] {"", "", ""};
        more[where] = ",\"nonsense\":1";
        assertThat(OpenApi.faultsOf("PriceVersion", json(VERSION.formatted(more))))
                .anyMatch(fault -> fault.contains("nonsense"));
    }

    @Test
    void whatIsMissingOrOfAnotherFormIsAFault() {
        assertThat(OpenApi.faultsOf("PublishedPrice", json("{\"price_version\":\"v1\",\"model\":1}")))
                .hasSize(2);
        assertThat(OpenApi.faultsOf("OptionalTime", json("\"yesterday\""))).isNotEmpty();
        assertThat(OpenApi.faultsOf("Usd", json("\"1\""))).isNotEmpty();
    }

    @Test
    void whatIsLeftOpenIsLeftOpen() {
        assertThat(OpenApi.faultsOf("Alert", json(RECEIVED))).isEmpty();
        assertThat(OpenApi.faultsOf("ChatCompletion", json("{\"choices\":[{\"anything\":1}],\"more\":{}}")))
                .isEmpty();
    }
}
