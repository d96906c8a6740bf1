package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.bodies.StrictJson;
import com.gogogoapi.chassis.errors.ApiError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads operators' small JSON bodies. A field that nobody reads is refused by name, as is one that is there twice: whoever
 * wrote it meant something by it, and would take silence for consent.
 */
final class OperatorBodies {

    private OperatorBodies() {}

    /** @param known the names of all fields that the route reads */
    static JsonNode object(byte[] json, String... known) {
        var body = StrictJson.read(json);
        if (body.isObject()) {
            checkNames(body, List.of(known));
            return body;
        }
        throw ApiError.invalidRequest(null, "The body must be a JSON object.");
    }

    private static void checkNames(JsonNode body, List<String> known) {
        for (var name : body.propertyNames()) {
            if (!known.contains(name)) {
                var printable = ApiError.printable(name);
                throw ApiError.invalidRequest(
                        printable,
                        printable + " must be one of the known fields: "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
    }

    /** A text field of 1 to so many characters, none of them a control character. */
    static String text(JsonNode body, String name, int maxChars) {
        var value = body.path(name);
        if (!value.isString()) {
            throw ApiError.invalidRequest(name, name + " must be a string.");
        }
        return checked(name, value.stringValue(), maxChars);
    }

    /** The same, or null if it is not given. */
    static @Nullable String optionalText(JsonNode body, String name, int maxChars) {
        var value = body.path(name);
        return value.isMissingNode() || value.isNull() ? null : text(body, name, maxChars);
    }

    /** A whole number from 0 to so much, or null if it is not given. */
    static @Nullable Integer optionalNumber(JsonNode body, String name, int max) {
        var value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0 || value.intValue() > max) {
            throw ApiError.invalidRequest(name, name + " must be a whole number from 0 to " + max + ".");
        }
        return value.intValue();
    }

    static @Nullable String optionalHeader(@Nullable String value, String name, int maxChars) {
        return value == null ? null : checked(name, value, maxChars);
    }

    private static String checked(String name, String text, int maxChars) {
        if (text.isBlank() || text.length() > maxChars || text.chars().anyMatch(Character::isISOControl)) {
            throw ApiError.invalidRequest(
                    name, name + " must have 1 to " + maxChars + " characters, none of them a control character.");
        }
        return text;
    }
}
