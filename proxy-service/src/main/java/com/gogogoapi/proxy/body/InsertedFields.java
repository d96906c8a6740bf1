package com.gogogoapi.proxy.body;

import com.gogogoapi.chassis.errors.ApiError;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Fields put into an object within a JSON object, of which every other byte stays as it came. */
public final class InsertedFields {

    private InsertedFields() {}

    /**
     * The same JSON with those fields at the end of its object of that name, in place of any that it has; as it came where it
     * has no such object, or more than one.
     */
    public static byte[] into(byte[] json, String object, ObjectNode added) {
        var names = added.properties().stream().map(field -> field.getKey()).collect(Collectors.toSet());
        try {
            return BodyFields.in(json, Set.of(object)).fields().stream()
                    .findFirst()
                    .filter(field -> json[field.valueStart()] == '{')
                    .map(field -> into(json, field, names, added))
                    .orElse(json);
        } catch (ApiError e) {
            // What cannot be looked through in order goes on as it is.
            return json;
        }
    }

    private static byte[] into(byte[] json, BodyFields.Field object, Set<String> names, ObjectNode added) {
        var before = Arrays.copyOfRange(json, object.valueStart(), object.end());
        var edited = EditedBody.of(
                RequestBody.of(before),
                BodyFields.in(before, names),
                names,
                JsonMapper.shared().writeValueAsBytes(added));
        var out = new ByteArrayOutputStream(json.length + Math.toIntExact(edited.size()) - before.length);
        out.write(json, 0, object.valueStart());
        edited.writeTo(out);
        out.write(json, object.end(), json.length - object.end());
        return out.toByteArray();
    }
}
