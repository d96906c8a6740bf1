package com.gogogoapi.proxy.protocol.chat;

import com.gogogoapi.proxy.body.BodyFields;
import com.gogogoapi.proxy.body.EditedBody.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What of a conversation the upstream is told otherwise: a developer is its system, by whose name it does not know him, and an
 * assistant who says and calls nothing says an empty text.
 */
final class ConversationEdits implements Consumer<JsonParser>, Supplier<List<Edit>> {

    private static final String NOTHING = "\"\"";

    private final List<Edit> edits = new ArrayList<>();

    /** @param parser at the conversation; leaves it at its end */
    @Override
    public void accept(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                message(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    @Override
    public List<Edit> get() {
        return List.copyOf(edits);
    }

    private void message(JsonParser parser) {
        var begun = BodyFields.endOf(parser);
        var role = "";
        var roleAt = new int[2];
        var saysOrCalls = false;
        var nullAt = new int[2];
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var value = parser.nextToken();
            if (name.equals("role") && value == JsonToken.VALUE_STRING) {
                role = parser.getString();
                roleAt = place(parser);
            } else if (name.equals("content") && value == JsonToken.VALUE_NULL) {
                nullAt = place(parser);
            } else if (name.equals("content")) {
                saysOrCalls = true;
            } else if (name.equals("tool_calls") && value == JsonToken.START_ARRAY) {
                saysOrCalls |= !isEmptyTo(parser);
            } else if (name.equals("function_call")) {
                saysOrCalls |= value != JsonToken.VALUE_NULL;
            }
            parser.skipChildren();
        }
        if (role.equals("developer")) {
            edits.add(new Edit(roleAt[0], roleAt[1], "\"system\""));
        } else if (role.equals("assistant") && !saysOrCalls) {
            edits.add(
                    nullAt[1] > 0
                            ? new Edit(nullAt[0], nullAt[1], NOTHING)
                            : new Edit(begun, begun, "\"content\":" + NOTHING + ","));
        }
    }

    /** From where to where in the body the value is at which the parser is. */
    private static int[] place(JsonParser parser) {
        var from = BodyFields.startOf(parser);
        return new int[] {from, BodyFields.endOf(parser)};
    }

    /** Whether an array has nothing in it; leaves the parser at its end. */
    private static boolean isEmptyTo(JsonParser parser) {
        var isEmpty = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            isEmpty = false;
            parser.skipChildren();
        }
        return isEmpty;
    }
}
