package com.gogogoapi.usage.api;

import com.gogogoapi.chassis.bodies.StrictJson;
import com.gogogoapi.chassis.errors.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A small JSON object as a body, of which no field is passed over. */
public final class Body {

    private static final int MAX_BYTES = 16 * 1024;

    private Body() {}

    /**
     * @param fields all that the route knows; an empty body has none of them
     * @throws ApiError 400 for what is no object, and for a field that is not known, by its name
     */
    public static JsonNode read(HttpServletRequest request, String... fields) throws IOException {
        var bytes = request.getInputStream().readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw ApiError.bodyTooLarge(MAX_BYTES);
        }
        var body = bytes.length == 0
                ? StrictJson.read("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                : StrictJson.read(bytes);
        if (!body.isObject()) {
            throw ApiError.invalidRequest(null, "The body must be a JSON object.");
        }
        var known = List.of(fields);
        for (var field : body.propertyNames()) {
            if (!known.contains(field)) {
                var name = ApiError.printable(field);
                throw ApiError.invalidRequest(
                        name,
                        name + " must be "
                                + (known.isEmpty()
                                        ? "one of the known fields: there are none."
                                        : "one of the known fields: " + String.join(", ", known) + "."));
            }
        }
        return body;
    }

    /** A text of at most so many characters; null where there is none. */
    public static @Nullable String text(JsonNode body, String name, int most) {
        var value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()
                || value.stringValue().isBlank()
                || value.stringValue().length() > most) {
            throw ApiError.invalidRequest(name, name + " must be a text of 1 to " + most + " characters.");
        }
        return value.stringValue();
    }
}
