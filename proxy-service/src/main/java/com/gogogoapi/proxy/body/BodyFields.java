package com.gogogoapi.proxy.body;

import com.gogogoapi.chassis.errors.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Where in a body some of its fields are. The body is looked through once and not made into a tree, which would take many
 * times its size; whether the rest of it is in order, the quote-service says.
 */
public final class BodyFields {

    /** What is looked at here is a switch or a name, never a text. */
    private static final int MAX_VALUE_BYTES = 64 * 1024;

    private static final int MAX_DEPTH = 100;
    private static final int MAX_NUMBER_CHARS = 100;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_CHARS)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /**
     * One of them.
     *
     * @param number the how-manieth field of the body it is, from 0
     * @param before where the field before it ends, or the body's bracket
     * @param end where its value ends
     * @param next where the field after it begins; its own end if there is none
     */
    record Field(String name, int number, int before, int start, int valueStart, int end, int next) {}

    private final List<Field> fields = new ArrayList<>();
    private int start;
    private int end;
    private int count;

    private BodyFields() {}

    /**
     * @param names of the fields that matter
     * @throws ApiError 400 if it is no JSON object, or has one of the fields twice
     */
    public static BodyFields in(byte[] json, Set<String> names) {
        return in(json, names, "", JsonParser::skipChildren);
    }

    /**
     * The same, with a look into one field on the way.
     *
     * @param within its name
     * @param look begins where its value begins, and ends where that ends
     */
    public static BodyFields in(byte[] json, Set<String> names, String within, Consumer<JsonParser> look) {
        try (var parser = JSON.createParser(json)) {
            var found = new BodyFields();
            found.find(parser, names, within, look);
            return found;
        } catch (StreamConstraintsException e) {
            throw ApiError.invalidRequest(
                    null,
                    "The body must have at most " + MAX_DEPTH + " levels, and no number of more than "
                            + MAX_NUMBER_CHARS + " digits.");
        } catch (JacksonException e) {
            throw ApiError.invalidRequest(
                    null, "The body must be valid JSON: " + ApiError.printable(e.getOriginalMessage()));
        }
    }

    private void find(JsonParser parser, Set<String> names, String within, Consumer<JsonParser> look) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw ApiError.invalidRequest(null, "The body must be a JSON object.");
        }
        start = startOf(parser);
        end = start + 1;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var before = end;
            var name = parser.currentName();
            var nameStart = startOf(parser);
            nextBeginsAt(nameStart);
            parser.nextToken();
            var valueStart = startOf(parser);
            if (name.equals(within)) {
                look.accept(parser);
            } else {
                parser.skipChildren();
            }
            end = endOf(parser);
            if (names.contains(name)) {
                if (field(name).isPresent()) {
                    throw ApiError.invalidRequest(name, name + " must be given once.");
                }
                fields.add(new Field(name, count, before, nameStart, valueStart, end, end));
            }
            count++;
        }
    }

    /** Where in the body the token ends at which the parser is. */
    public static int endOf(JsonParser parser) {
        parser.finishToken();
        return (int) parser.currentLocation().getByteOffset();
    }

    /** Where it begins. @throws ApiError 400 for what is no UTF-8 */
    public static int startOf(JsonParser parser) {
        var offset = parser.currentTokenLocation().getByteOffset();
        if (offset < 0) {
            throw ApiError.invalidRequest(null, "The body must be UTF-8.");
        }
        return (int) offset;
    }

    /** Completes the field before. */
    private void nextBeginsAt(int offset) {
        if (!fields.isEmpty() && fields.getLast().number() == count - 1) {
            var last = fields.removeLast();
            fields.add(new Field(
                    last.name(), last.number(), last.before(), last.start(), last.valueStart(), last.end(), offset));
        }
    }

    List<Field> fields() {
        return fields;
    }

    /** Where the body begins. */
    int start() {
        return start;
    }

    /** Where its last field ends. */
    int end() {
        return end;
    }

    /** How many fields it has in all. */
    int count() {
        return count;
    }

    private Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /**
     * The value of one of the fields; missing if it is not there.
     *
     * @param json the body that was looked through
     * @throws ApiError 400 if it is larger than such a value can be
     */
    public JsonNode value(byte[] json, String name) {
        var field = field(name).orElse(null);
        if (field == null) {
            return MissingNode.getInstance();
        }
        var size = field.end() - field.valueStart();
        if (size > MAX_VALUE_BYTES) {
            throw ApiError.invalidRequest(name, name + " must have at most " + MAX_VALUE_BYTES + " bytes.");
        }
        return JSON.readTree(json, field.valueStart(), size);
    }

    /** The same of a switch; off if it is not there or null. @throws ApiError 400 if it is no boolean */
    public boolean isOn(byte[] json, String name) {
        var value = value(json, name);
        if (isAbsent(value)) {
            return false;
        }
        if (!value.isBoolean()) {
            throw ApiError.invalidRequest(name, name + " must be true or false.");
        }
        return value.booleanValue();
    }

    /** The same of an object, which may be absent or null. @throws ApiError 400 if it is anything else */
    public JsonNode optionalObject(byte[] json, String name) {
        var value = value(json, name);
        if (!isAbsent(value) && !value.isObject()) {
            throw ApiError.invalidRequest(name, name + " must be an object.");
        }
        return value;
    }

    /** The same of a text; none if it is not there or no text. */
    public Optional<String> text(byte[] json, String name) {
        return Optional.of(value(json, name)).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    /** How many characters a text has, which may be as long as the body; 0 if it is not there or no text. */
    public int textLength(byte[] json, String name) {
        return field(name)
                .map(field -> JSON.readTree(json, field.valueStart(), field.end() - field.valueStart())
                        .asString("")
                        .length())
                .orElse(0);
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
