package com.gogogoapi.quote.request;

import com.gogogoapi.chassis.errors.ApiError;
import java.util.ArrayList;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What is passed on without being priced takes memory and lines all the same, and costs nothing: so there is only so much of
 * it. Large requests may have more, for every message and call has an id, a name and the like.
 *
 * <p>A request is looked through for it before a tree is made of it, which takes many times its size.
 */
final class UnpricedFields {

    /** For the whole request. */
    static final int MAX_BYTES = 64 * 1024;

    /** And for each of its messages, parts, calls and tools. */
    static final int MAX_BYTES_PER_ELEMENT = 256;

    /** Of a message these are priced where it is the model's own. */
    private static final Set<String> ANSWERS = Set.of("reasoning_content", "tool_calls", "function_call");

    /** Of an image these are priced, with it. */
    private static final Set<String> IMAGES = Set.of("image_url", "source");

    private static final Set<String> IMAGE_TYPES = Set.of("image_url", "image", "input_image");

    private final JsonParser parser;
    private long elements;
    private long bytes;
    private long largestBytes;
    private String largest = "";

    private UnpricedFields(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * @param parser at the beginning of a request
     * @param priced what of a request is priced
     * @throws ApiError 400 that names the largest field that is not priced, where there is too much of them
     * @throws tools.jackson.core.JacksonException if it is no JSON
     */
    static void check(JsonParser parser, PricedFields priced) {
        var found = new UnpricedFields(parser);
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        found.look(priced, "");
        var most = MAX_BYTES + MAX_BYTES_PER_ELEMENT * found.elements;
        if (found.bytes > most) {
            throw ApiError.invalidRequest(
                    found.largest,
                    found.largest + " must be smaller: what is not part of the prompt must have at most " + most
                            + " bytes in this request, and it has " + found.bytes + ".");
        }
    }

    /** Looks through the value at which the parser is. */
    private void look(PricedFields priced, String at) {
        if (priced.isWhole()) {
            parser.skipChildren();
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements++;
                look(priced, at);
            }
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
            object(priced, at);
        }
    }

    private void object(PricedFields priced, String at) {
        // Where it depends on what comes later in the same object: a message's role, a tool's function, a part's type.
        var undecided = new ArrayList<Field>();
        var images = new ArrayList<Field>();
        var isAnswer = false;
        var isImage = false;
        var isDescribedOtherwise = at.equals("tools");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var path = at.isEmpty() ? name : at + "." + name;
            var start = parser.currentTokenLocation().getByteOffset();
            var value = parser.nextToken();
            isAnswer |= name.equals("role")
                    && value == JsonToken.VALUE_STRING
                    && parser.getString().equals("assistant");
            isImage |=
                    name.equals("type") && value == JsonToken.VALUE_STRING && IMAGE_TYPES.contains(parser.getString());
            isDescribedOtherwise &= !(name.equals("function") && value == JsonToken.START_OBJECT);
            var before = bytes;
            var inside = priced.fields().get(name);
            if (inside == null) {
                parser.skipChildren();
            } else {
                look(inside, path);
            }
            var rest = new Field(path, offset() - start - (bytes - before));
            if (at.equals("tools") && inside == null
                    || at.equals("messages") && inside != null && ANSWERS.contains(name)) {
                undecided.add(rest);
            } else if (inside != null && IMAGES.contains(name)) {
                images.add(rest);
            } else if (inside == null) {
                unpriced(rest);
            }
        }
        if (!isAnswer && !isDescribedOtherwise) {
            undecided.forEach(this::unpriced);
        }
        if (!isImage) {
            images.forEach(this::unpriced);
        }
    }

    private record Field(String path, long bytes) {}

    /** Where the parser has come to. */
    private long offset() {
        parser.finishToken();
        return parser.currentLocation().getByteOffset();
    }

    private void unpriced(Field field) {
        bytes += field.bytes();
        if (field.bytes() > largestBytes) {
            largestBytes = field.bytes();
            largest = ApiError.printable(field.path());
        }
    }
}
