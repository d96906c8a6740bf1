package com.gogogoapi.quote.prompt;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * JSON as the template's reference encoder writes it into a prompt: a blank after each comma and colon, letters as they
 * are, and numbers in their shortest form.
 */
final class TemplateJson {

    private static final int FIRST_PRINTABLE = 0x20;
    private static final BigDecimal PLAIN_FROM = new BigDecimal("0.0001");
    private static final BigDecimal PLAIN_BELOW = new BigDecimal("1E16");

    private TemplateJson() {}

    static String of(JsonNode value) {
        var json = new StringBuilder();
        write(value, json);
        return json.toString();
    }

    private static void write(JsonNode value, StringBuilder json) {
        if (value.isObject()) {
            var separator = "{";
            for (var property : value.properties()) {
                json.append(separator);
                string(property.getKey(), json);
                json.append(": ");
                write(property.getValue(), json);
                separator = ", ";
            }
            json.append(value.isEmpty() ? "{}" : "}");
        } else if (value.isArray()) {
            var separator = "[";
            for (var element : value) {
                json.append(separator);
                write(element, json);
                separator = ", ";
            }
            json.append(value.isEmpty() ? "[]" : "]");
        } else if (value.isString()) {
            string(value.stringValue(), json);
        } else if (value.isNumber() && !value.isIntegralNumber()) {
            json.append(decimal(value.decimalValue()));
        } else {
            json.append(value);
        }
    }

    private static void string(String text, StringBuilder json) {
        json.append('"');
        for (var i = 0; i < text.length(); i++) {
            var letter = text.charAt(i);
            switch (letter) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                default -> {
                    if (letter < FIRST_PRINTABLE) {
                        json.append("\\u00")
                                .append(Character.forDigit(letter >> 4, 16))
                                .append(Character.forDigit(letter & 0xf, 16));
                    } else {
                        json.append(letter);
                    }
                }
            }
        }
        json.append('"');
    }

    /** A fraction never looks like a whole number; very large and very small ones are written with an exponent. */
    private static String decimal(BigDecimal value) {
        if (value.signum() == 0) {
            return "0.0";
        }
        var shortest = value.stripTrailingZeros();
        var size = shortest.abs();
        if (size.compareTo(PLAIN_FROM) < 0 || size.compareTo(PLAIN_BELOW) >= 0) {
            return shortest.toString().replace('E', 'e');
        }
        return (shortest.scale() < 1 ? shortest.setScale(1) : shortest).toPlainString();
    }
}
