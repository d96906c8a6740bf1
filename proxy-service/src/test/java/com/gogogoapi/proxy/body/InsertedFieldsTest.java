package com.gogogoapi.proxy.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class InsertedFieldsTest {

    private static String into(String json) {
        var added = JsonMapper.shared().createObjectNode();
        added.put("cost", new BigDecimal("0.00000784")).put("cost_usd", "0.00000784");
        return new String(InsertedFields.into(json.getBytes(UTF_8), "usage", added), UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"usage":{"a":1}}                            | {"usage":{"a":1,COST}}
            {"usage":{}}                                 | {"usage":{COST}}
            { "x" : 1.000, "usage" : { "a" : 1 } , "y":[1e2, null] } | { "x" : 1.000, "usage" : { "a" : 1,COST} , "y":[1e2, null] }
            {"é":"\\u00e9😀","usage":{"a":1},"b":12345678901234567890} | {"é":"\\u00e9😀","usage":{"a":1,COST},"b":12345678901234567890}
            {"in":{"usage":{"a":1}},"usage":{"a":2}}     | {"in":{"usage":{"a":1}},"usage":{"a":2,COST}}
            {"usage":{"cost":7,"a":1,"cost_usd":"x"}}    | {"usage":{"a":1,COST}}
            """)
    void standAtTheEndOfTheObjectAndNothingElseChanges(String json, String with) {
        assertThat(into(json)).isEqualTo(with.replace("COST", "\"cost\":0.00000784,\"cost_usd\":\"0.00000784\""));
    }

    @Test
    void standWhereBlankLinesComeFirst() {
        assertThat(into("\n \n{\"usage\":{\"a\":1}}\n"))
                .isEqualTo("\n \n{\"usage\":{\"a\":1,\"cost\":0.00000784,\"cost_usd\":\"0.00000784\"}}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"usage\":null}",
                "{\"usage\":[1]}",
                "{\"x\":1}",
                "{\"usage\":{\"a\":1},\"usage\":{\"a\":2}}",
                "[]",
                "no JSON"
            })
    void areLeftOutWhereThereIsNoPlaceForThem(String json) {
        assertThat(into(json)).isEqualTo(json);
    }
}
