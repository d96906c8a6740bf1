package com.gogogoapi.quote.quoting;

import com.gogogoapi.chassis.errors.ApiError;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What is passed on without being priced takes memory and lines all the same, and costs nothing: so there is only so much of
 * it. Large requests may have more, for every message and call has an id, a name and the like.
 */
final class UnpricedFields {

    /** For the whole request. */
    static final long MAX_BYTES = 64 * 1024;

    /** And for each of its messages, parts, calls and tools. */
    static final long MAX_BYTES_PER_ELEMENT = 256;

    /** What a value takes beside its text. */
    private static final int BYTES_PER_VALUE = 2;

    /** What is priced of something: its fields by name, with what is priced of each. */
    private record Priced(Map<String, Priced> fields) {

        /** All of it. */
        static final Priced WHOLE = new Priced(Map.of());

        boolean isWhole() {
            return fields.isEmpty();
        }
    }

    private static final Priced PART = new Priced(Map.of("type", Priced.WHOLE, "text", Priced.WHOLE));
    private static final Priced FUNCTION = new Priced(Map.of("name", Priced.WHOLE, "arguments", Priced.WHOLE));
    private static final Priced CALL = new Priced(Map.of("function", FUNCTION));
    private static final Priced MESSAGE = new Priced(Map.of("role", Priced.WHOLE, "content", PART));
    private static final Priced ANSWER = new Priced(Map.of(
            "role", Priced.WHOLE,
            "content", PART,
            "reasoning_content", PART,
            "tool_calls", CALL,
            "function_call", FUNCTION));
    private static final Priced TOOL = new Priced(Map.of("function", Priced.WHOLE));
    private static final Priced BODY = new Priced(Map.of(
            "model", Priced.WHOLE,
            "messages", MESSAGE,
            "prompt", Priced.WHOLE,
            "suffix", Priced.WHOLE,
            "tools", TOOL,
            "functions", Priced.WHOLE,
            "response_format", Priced.WHOLE));

    private long elements;
    private long bytes;
    private long largestBytes;
    private String largest = "";

    private UnpricedFields() {}

    /** @throws ApiError 400 that names the largest field that is not priced, where there is too much of them */
    static void check(JsonNode body) {
        var found = new UnpricedFields();
        found.look(body, BODY, "");
        var most = MAX_BYTES + MAX_BYTES_PER_ELEMENT * found.elements;
        if (found.bytes > most) {
            throw ApiError.invalidRequest(
                    found.largest,
                    found.largest + " must be smaller: what is not part of the prompt must have at most " + most
                            + " bytes in this request, and it has " + found.bytes + ".");
        }
    }

    private void look(JsonNode node, Priced priced, String at) {
        if (priced.isWhole()) {
            return;
        }
        if (node.isArray()) {
            for (var element : node) {
                elements++;
                look(element, ofElement(element, priced), at);
            }
        } else if (node.isObject()) {
            for (var property : node.properties()) {
                var path = at.isEmpty() ? property.getKey() : at + "." + property.getKey();
                var inside = priced.fields().get(property.getKey());
                if (inside == null) {
                    unpriced(path, property.getKey().length() + sizeOf(property.getValue()));
                } else {
                    look(property.getValue(), inside, path);
                }
            }
        }
    }

    /** What a message can have depends on whose it is; a tool that is described otherwise is described by all it has. */
    private static Priced ofElement(JsonNode element, Priced priced) {
        if (priced.equals(MESSAGE) && "assistant".equals(element.path("role").asString(""))) {
            return ANSWER;
        }
        if (priced.equals(TOOL) && !element.path("function").isObject()) {
            return Priced.WHOLE;
        }
        return priced;
    }

    private void unpriced(String path, long size) {
        bytes += size;
        if (size > largestBytes) {
            largestBytes = size;
            largest = ApiError.printable(path);
        }
    }

    /** About its bytes in the body. */
    private static long sizeOf(JsonNode node) {
        long size = BYTES_PER_VALUE;
        if (node.isString()) {
            size += node.stringValue().length();
        } else if (node.isObject()) {
            for (var property : node.properties()) {
                size += property.getKey().length() + sizeOf(property.getValue());
            }
        } else {
            for (var element : node) {
                size += sizeOf(element);
            }
        }
        return size;
    }
}
