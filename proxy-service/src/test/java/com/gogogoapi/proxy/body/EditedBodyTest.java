package com.gogogoapi.proxy.body;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.errors.ApiError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A body's fields are replaced without the rest of it being touched. */
class EditedBodyTest {

    private static final Set<String> REMOVED = Set.of("a", "b");
    private static final List<String> NAMES = List.of("a", "b", "c", "d\\n", "\\u0061b", "ü", "e");
    private static final List<String> VALUES = List.of(
            "1",
            "-0.50",
            "1e5",
            "true",
            "null",
            "\"\"",
            "\"a\\\"}b\"",
            "\"ü😀\"",
            "[]",
            "{}",
            "[1,{\"a\":[\"}\"]}]",
            "{\"a\": {\"b\" :[ ]}}",
            "123456789012345678901234567890",
            "\" long " + "text ".repeat(3_000) + "\"");
    private static final List<String> BLANKS = List.of("", " ", "\n\t ", "\r\n");

    private static EditedBody edited(String json, String added) {
        var bytes = json.getBytes(UTF_8);
        return EditedBody.of(RequestBody.of(bytes), BodyFields.in(bytes, REMOVED), REMOVED, added.getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                             | {"z":9}
            {"a":1}                        | {"z":9}
            {"a":1,"b":[2]}                | {"z":9}
            {"c":1}                        | {"c":1,"z":9}
            {"a":1,"c":2}                  | {"c":2,"z":9}
            {"c":1,"a":2}                  | {"c":1,"z":9}
            {"a":1,"c":2,"b":3}            | {"c":2,"z":9}
            {"c":1,"a":2,"b":3,"d":4}      | {"c":1,"d":4,"z":9}
            {"a":1,"b":2,"c":3,"d":4}      | {"c":3,"d":4,"z":9}
            {"c" : {"a" : 1} , "a" : 2}    | {"c" : {"a" : 1},"z":9}
            {"c":1.10,"\\u0061":2}         | {"c":1.10,"z":9}
            """)
    void keepsEveryByteOfTheOthers(String json, String expected) {
        assertThat(edited(json, "{\"z\":9}")).hasToString(expected);
    }

    @Test
    void isWhatATreeWouldBeMadeOfWhateverTheBody() {
        var random = new Random(23);
        for (var round = 0; round < 2_000; round++) {
            var fields = new LinkedHashMap<String, String>();
            for (var i = random.nextInt(7); i > 0; i--) {
                fields.put(any(NAMES, random), any(VALUES, random));
            }
            var json = new StringBuilder(random.nextInt(9) == 0 ? "\uFEFF" : "")
                    .append(any(BLANKS, random))
                    .append('{');
            var separator = "";
            for (var field : fields.entrySet()) {
                json.append(separator)
                        .append(any(BLANKS, random))
                        .append('"')
                        .append(field.getKey())
                        .append('"');
                json.append(any(BLANKS, random))
                        .append(':')
                        .append(any(BLANKS, random))
                        .append(field.getValue());
                json.append(any(BLANKS, random));
                separator = ",";
            }
            json.append('}').append(any(BLANKS, random));

            var edited = edited(json.toString(), "{\"z\":[1]}");

            assertThat(tree(edited.toString())).as(json.toString()).isEqualTo(asATree(json.toString()));
            assertThat(edited.size()).isEqualTo(edited.toString().getBytes(UTF_8).length);
        }
    }

    private static String any(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json.getBytes(UTF_8));
    }

    private static JsonNode asATree(String json) {
        var tree = (ObjectNode) tree(json);
        tree.remove(REMOVED);
        tree.putArray("z").add(1);
        return tree;
    }

    @Test
    void givesTheValuesOfItsFields() {
        var json = "{\"c\":[1,2],\"a\" : {\"x\": 1.10} ,\"b\":\"t\\u0065xt\"}".getBytes(UTF_8);
        var fields = BodyFields.in(json, REMOVED);
        assertThat(fields.value(json, "a").toString()).isEqualTo("{\"x\":1.10}");
        assertThat(fields.value(json, "b").stringValue()).isEqualTo("text");
        assertThat(fields.value(json, "c").isMissingNode()).isTrue();
        assertThat(fields.value(json, "z").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{", "{\"a\":1,\"a\":2}", "{\"a\":NaN}", "{a:1}", "{\"a\" 1}"})
    void isMadeOfAnObjectOnly(String json) {
        assertRefused(json.getBytes(UTF_8));
    }

    @Test
    void isMadeOfUtf8AndOfWhatIsReasonable() {
        assertRefused("{\"a\":1}".getBytes(UTF_16));
        assertRefused(("{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}").getBytes(UTF_8));
        assertRefused(("{\"c\":" + "9".repeat(200) + "}").getBytes(UTF_8));
        var large = ("{\"a\":[" + "[],".repeat(50_000) + "[]]}").getBytes(UTF_8);
        assertThatThrownBy(() -> BodyFields.in(large, REMOVED).value(large, "a"))
                .hasMessage("a must have at most 65536 bytes.");
    }

    private static void assertRefused(byte[] json) {
        assertThatThrownBy(() -> BodyFields.in(json, REMOVED))
                .isInstanceOfSatisfying(
                        ApiError.class, error -> assertThat(error.status()).isEqualTo(400));
    }

    @Test
    void isNotReadOnceItWasLetGo() {
        var released = new int[1];
        var body = new RequestBody(new byte[] {'{', '}'}, () -> released[0]++);
        var edited = EditedBody.of(body, BodyFields.in(body.bytes(), REMOVED), REMOVED, "{}".getBytes(UTF_8));
        body.release();
        body.release();
        assertThat(released[0]).isOne();
        assertThatThrownBy(edited::stream).hasMessage("A body that was let go must not be read.");
    }
}
