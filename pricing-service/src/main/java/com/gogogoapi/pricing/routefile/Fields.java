package com.gogogoapi.pricing.routefile;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.money.UsdPerMillion;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one object that an operator wrote. Every refusal is a 400 that names the field by its path; a field that
 * nobody reads is refused too, since a mistyped name must not silently become a price without its windows.
 *
 * @param path with a dot at its end, or empty at the top
 */
record Fields(String path, JsonNode object) {

    private static final int MAX_TEXT_CHARS = 500;

    static Fields of(String path, JsonNode node, Set<String> known) {
        if (!node.isObject()) {
            throw ApiError.invalidRequest(
                    path.isEmpty() ? null : path, (path.isEmpty() ? "The body" : path) + " must be an object.");
        }
        var fields = new Fields(path.isEmpty() ? "" : path + ".", node);
        for (var name : node.propertyNames()) {
            if (!known.contains(name)) {
                throw fields.refused(
                        name,
                        "must be one of the known fields: "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
        return fields;
    }

    ApiError refused(String name, String why) {
        var at = ApiError.printable(path + name);
        return ApiError.invalidRequest(at, at + " " + why);
    }

    /** @param reason a sentence of its own, with or without its full stop */
    ApiError refusedBecause(String name, String reason) {
        var at = ApiError.printable(path + name);
        return ApiError.invalidRequest(at, at + ": " + reason + (reason.endsWith(".") ? "" : "."));
    }

    boolean has(String name) {
        return !object.path(name).isMissingNode() && !object.path(name).isNull();
    }

    JsonNode node(String name) {
        if (!has(name)) {
            throw refused(name, "must be given.");
        }
        return object.path(name);
    }

    String text(String name) {
        var value = node(name);
        if (!value.isString()) {
            throw refused(name, "must be a string.");
        }
        var text = value.stringValue();
        if (text.isBlank() || text.length() > MAX_TEXT_CHARS || text.chars().anyMatch(Character::isISOControl)) {
            throw refused(name, "must have 1 to " + MAX_TEXT_CHARS + " characters, none of them a control character.");
        }
        return text;
    }

    @Nullable
    String optionalText(String name) {
        return has(name) ? text(name) : null;
    }

    /** @param reader throws IllegalArgumentException, ArithmeticException or DateTimeException for what it cannot read */
    <T> T parsed(String name, Function<String, T> reader, String form) {
        try {
            return reader.apply(text(name));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw refused(name, "must be " + form + ".");
        }
    }

    Instant instant(String name) {
        return parsed(name, Instant::parse, "an instant such as 2026-11-23T12:00:00Z");
    }

    @Nullable
    Instant optionalInstant(String name) {
        return has(name) ? instant(name) : null;
    }

    UsdPerMillion price(String name) {
        return parsed(
                name,
                UsdPerMillion::parse,
                "a price in USD per million tokens, from 0 to 1000000 with at most 6 decimals");
    }

    /** A whole number, as JSON has it or, in YAML, as plain digits. */
    long count(String name) {
        var value = node(name);
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isString() && value.stringValue().matches("[0-9]{1,12}")) {
            return Long.parseLong(value.stringValue());
        }
        throw refused(name, "must be a whole number.");
    }

    /** True or false, as JSON has it or, in YAML, as the plain word. */
    boolean flag(String name) {
        var value = node(name);
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return switch (value.asString("")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(name, "must be true or false.");
        };
    }

    /** @param reader gets each element with its path */
    <T> List<T> list(String name, int max, java.util.function.BiFunction<String, JsonNode, T> reader) {
        var array = node(name);
        if (!array.isArray() || array.size() > max) {
            throw refused(name, "must be a list of at most " + max + " entries.");
        }
        var read = new ArrayList<T>(array.size());
        for (var i = 0; i < array.size(); i++) {
            read.add(reader.apply(path + name + "[" + i + "]", array.get(i)));
        }
        return read;
    }
}
