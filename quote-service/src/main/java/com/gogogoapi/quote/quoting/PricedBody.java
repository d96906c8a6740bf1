package com.gogogoapi.quote.quoting;

import com.gogogoapi.contracts.quote.RequestFields;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The hash that binds a quote to its request: of all of its JSON but what may differ between asking and executing. That is
 * the limits, which the quote has itself, how the answer is delivered, and our own words. Blanks and the order of fields
 * make no difference.
 */
final class PricedBody {

    private static final Set<String> FREE = Stream.concat(
                    RequestFields.OURS.stream(),
                    Stream.of(
                            RequestFields.MAX_TOKENS,
                            RequestFields.MAX_OUTPUT_TOKENS,
                            "stream",
                            "stream_options",
                            "user",
                            "user_id"))
            .collect(Collectors.toUnmodifiableSet());

    private static final JsonMapper SORTED =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private PricedBody() {}

    static String sha256(JsonNode body) {
        var priced = SORTED.createObjectNode();
        for (var property : body.properties()) {
            if (!FREE.contains(property.getKey())) {
                priced.set(property.getKey(), property.getValue());
            }
        }
        var sha = Sha256.digest();
        SORTED.writeValue(new DigestOutputStream(OutputStream.nullOutputStream(), sha), priced);
        return Sha256.hex(sha);
    }
}
