package com.gogogoapi.acceptance;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads schemas of an OpenAPI document as schemas that stand by themselves: what they refer to is put in its place.
 *
 * @param document whose components are referred to
 * @param isStrict whether an object can have only what its schema names. A schema that says itself what else there can be, with
 *     {@code additionalProperties}, is left as it is
 */
record SchemaReader(JsonNode document, boolean isStrict) {

    private static final String REF = "$ref";
    private static final Set<String> PARTS = Set.of("allOf", "anyOf", "oneOf");
    private static final Set<String> ONE = Set.of("items", "contentSchema");
    private static final Set<String> OTHERS = Set.of("additionalProperties", "unevaluatedProperties");

    JsonNode read(JsonNode schema) {
        return read(schema, false);
    }

    /** @param isPart whether other parts name more of the same object */
    private JsonNode read(JsonNode schema, boolean isPart) {
        if (!schema.isObject()) {
            return schema;
        }
        var read = JsonNodeFactory.instance.objectNode();
        for (var keyword : schema.properties()) {
            var name = keyword.getKey();
            var value = keyword.getValue();
            if (name.equals("properties")) {
                var properties = read.putObject(name);
                value.properties().forEach(property -> properties.set(property.getKey(), read(property.getValue())));
            } else if (PARTS.contains(name)) {
                value.forEach(part -> read.withArray("/" + name).add(read(part, true)));
            } else if (ONE.contains(name) || OTHERS.contains(name)) {
                read.set(name, read(value));
            } else if (name.equals(REF)) {
                read.withArray("/allOf").add(read(referredTo(value.stringValue()), true));
            } else {
                read.set(name, value);
            }
        }
        if (isStrict && !isPart && canBeAnObject(read) && OTHERS.stream().noneMatch(read::has)) {
            read.put("unevaluatedProperties", false);
        }
        return read;
    }

    private JsonNode referredTo(String reference) {
        var found = document.at(reference.substring(reference.indexOf('#') + 1));
        if (found.isMissingNode()) {
            throw new IllegalStateException("The document must have " + reference + ".");
        }
        return found;
    }

    private static boolean canBeAnObject(ObjectNode schema) {
        var type = schema.path("type");
        return schema.has("properties")
                || PARTS.stream().anyMatch(schema::has)
                || type.asString("").equals("object")
                || type.valueStream().anyMatch(one -> one.asString("").equals("object"));
    }
}
