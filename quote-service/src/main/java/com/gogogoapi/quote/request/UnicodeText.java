package com.gogogoapi.quote.request;

import com.gogogoapi.chassis.errors.ApiError;
import tools.jackson.databind.JsonNode;

/** A lone surrogate is no character: it has no bytes, hence no tokens that anybody could agree on. */
final class UnicodeText {

    private UnicodeText() {}

    /** @throws ApiError 400 if a text or a name anywhere in it is no Unicode text */
    static void check(JsonNode node) {
        if (node.isString()) {
            require(node.stringValue());
        } else if (node.isObject()) {
            for (var property : node.properties()) {
                require(property.getKey());
                check(property.getValue());
            }
        } else if (node.isArray()) {
            node.forEach(UnicodeText::check);
        }
    }

    private static void require(String text) {
        if (!isWellFormed(text)) {
            throw ApiError.invalidRequest(null, "The body must be Unicode text, without lone surrogates.");
        }
    }

    static boolean isWellFormed(String text) {
        for (var i = 0; i < text.length(); i++) {
            var unit = text.charAt(i);
            if (Character.isHighSurrogate(unit)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            } else if (Character.isLowSurrogate(unit)) {
                return false;
            }
        }
        return true;
    }
}
