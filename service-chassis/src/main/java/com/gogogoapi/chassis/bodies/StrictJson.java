package com.gogogoapi.chassis.bodies;

import com.gogogoapi.chassis.errors.ApiError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON of which nothing is passed over: a field that is there twice says two things, and nothing may follow the value. */
public final class StrictJson {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /** @throws ApiError 400 if it is none */
    public static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException e) {
            throw ApiError.invalidRequest(
                    null, "The body must be valid JSON: " + ApiError.printable(e.getOriginalMessage()));
        }
    }
}
