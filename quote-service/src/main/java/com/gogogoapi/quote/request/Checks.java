package com.gogogoapi.quote.request;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.pricing.TokenUsage;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** What several formats ask of a value. */
final class Checks {

    /** More is no conversation, and every message costs time. */
    static final int MAX_MESSAGES = 10_000;

    /** Far more than a model can choose from. */
    static final int MAX_TOOLS = 1_000;

    private Checks() {}

    static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    static void requireBoolean(JsonNode value, String name) {
        if (!isAbsent(value) && !value.isBoolean()) {
            throw ApiError.invalidRequest(name, name + " must be true or false.");
        }
    }

    static void requireObject(JsonNode value, String name) {
        if (!value.isObject()) {
            throw ApiError.invalidRequest(name, name + " must be an object.");
        }
    }

    /** What may be left out. */
    static void requireOptionalObject(JsonNode value, String name) {
        if (!isAbsent(value)) {
            requireObject(value, name);
        }
    }

    /** A conversation: not empty, and not without end. */
    static void requireEntries(JsonNode value, String name) {
        if (!value.isArray() || value.isEmpty()) {
            throw ApiError.invalidRequest(name, name + " must be a non-empty array.");
        }
        if (value.size() > MAX_MESSAGES) {
            throw ApiError.invalidRequest(name, name + " must have at most " + MAX_MESSAGES + " entries.");
        }
    }

    /** Of a body, where they may be left out. */
    static void requireTools(JsonNode body, String name) {
        var tools = body.path(name);
        if (isAbsent(tools)) {
            return;
        }
        if (!tools.isArray() || tools.size() > MAX_TOOLS) {
            throw ApiError.invalidRequest(name, name + " must be an array of at most " + MAX_TOOLS + " entries.");
        }
        for (var tool : tools) {
            if (!tool.isObject()) {
                throw ApiError.invalidRequest(name, "Every entry of " + name + " must be an object.");
            }
        }
    }

    /** Of a part that nobody here can count, so that nothing can be held for it. */
    static ApiError notText(String at, JsonNode part) {
        var type = ApiError.printable(part.path("type").asString(""));
        return ApiError.invalidRequest(
                at,
                "Every part of " + at + " must be text"
                        + (type.isEmpty() || type.endsWith("text")
                                ? "."
                                : ", not " + type
                                        + ": only text, and images of users and tools, can be counted beforehand and held"
                                        + " for."));
    }

    /** More than one would be generated, and one is held for. */
    static void requireOne(JsonNode body, String name) {
        if (count(body, name).orElse(1) != 1) {
            throw ApiError.invalidRequest(name, name + " must be 1: one request, one completion.");
        }
    }

    /** A number of tokens or the like, which may be left out. */
    static OptionalLong count(JsonNode body, String name) {
        var value = body.path(name);
        if (isAbsent(value)) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 1
                || value.longValue() > TokenUsage.MAX_TOKENS) {
            throw ApiError.invalidRequest(
                    name, name + " must be a whole number from 1 to " + TokenUsage.MAX_TOKENS + ".");
        }
        return OptionalLong.of(value.longValue());
    }
}
