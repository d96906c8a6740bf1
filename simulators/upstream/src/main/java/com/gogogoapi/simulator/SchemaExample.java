package com.gogogoapi.simulator;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A small value that a JSON schema accepts: what a model would fill in, without a meaning. */
final class SchemaExample {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 20;
    private static final int MAX_ITEMS = 10;

    private final JsonNode root;

    private SchemaExample(JsonNode root) {
        this.root = root;
    }

    /** @param schema an object's; anything else is taken for one without properties */
    static JsonNode of(JsonNode schema) {
        return schema.isObject()
                ? new SchemaExample(schema).value(schema, 0)
                : JsonMapper.shared().createObjectNode();
    }

    private JsonNode value(JsonNode schema, int depth) {
        if (depth > MAX_DEPTH) {
            return JSON.nullNode();
        }
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum").get(0);
        }
        if (schema.path("$ref").asString("").startsWith("#")) {
            return value(root.at(schema.path("$ref").asString("").substring(1)), depth + 1);
        }
        for (var alternatives : new String[] {"anyOf", "oneOf", "allOf"}) {
            if (!schema.path(alternatives).isEmpty()) {
                return value(schema.path(alternatives).get(0), depth + 1);
            }
        }
        return switch (typeOf(schema)) {
            case "string" -> JSON.stringNode(text(schema));
            case "integer" -> JSON.numberNode((long) Math.ceil(least(schema)));
            case "number" -> JSON.numberNode(least(schema));
            case "boolean" -> JSON.booleanNode(true);
            case "null" -> JSON.nullNode();
            case "array" -> array(schema, depth);
            default -> object(schema, depth);
        };
    }

    private static String typeOf(JsonNode schema) {
        var type = schema.path("type");
        if (type.isArray()) {
            return type.path(0).asString("object");
        }
        return type.asString(schema.has("items") ? "array" : "object");
    }

    private static String text(JsonNode schema) {
        return switch (schema.path("format").asString("")) {
            case "date" -> "2026-01-01";
            case "date-time" -> "2026-01-01T00:00:00Z";
            case "email" -> "someone@example.com";
            case "uri" -> "https://example.com";
            case "uuid" -> "00000000-0000-4000-8000-000000000000";
            default -> {
                var least = Math.clamp(schema.path("minLength").asInt(0), 0, 1_000);
                var most = Math.clamp(schema.path("maxLength").asInt(1_000), 0, 1_000);
                var text = "example";
                var filled = text.length() >= least ? text : text + "e".repeat(least - text.length());
                yield filled.length() > most ? filled.substring(0, most) : filled;
            }
        };
    }

    private static double least(JsonNode schema) {
        if (schema.path("exclusiveMinimum").isNumber()) {
            return schema.path("exclusiveMinimum").asDouble() + 1;
        }
        if (schema.path("minimum").isNumber()) {
            return schema.path("minimum").asDouble();
        }
        return schema.path("maximum").isNumber()
                ? Math.min(1, schema.path("maximum").asDouble())
                : 1;
    }

    private JsonNode array(JsonNode schema, int depth) {
        var array = JSON.arrayNode();
        var count = Math.clamp(schema.path("minItems").asInt(1), 1, MAX_ITEMS);
        for (var i = 0; i < count; i++) {
            array.add(value(schema.path("items"), depth + 1));
        }
        return array;
    }

    /** With every property, as strict schemas want it. */
    private JsonNode object(JsonNode schema, int depth) {
        var object = JSON.objectNode();
        for (var property : schema.path("properties").properties()) {
            object.set(property.getKey(), value(property.getValue(), depth + 1));
        }
        return object;
    }
}
