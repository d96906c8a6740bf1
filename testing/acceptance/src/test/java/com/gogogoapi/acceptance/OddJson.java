package com.gogogoapi.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * JSON as nobody writes it and everybody may: numbers in every form, text raw and escaped, white space, nesting, and names that
 * mean nothing to anybody. Written as text, so that its form is kept.
 */
final class OddJson {

    private static final int DEEPEST = 3;

    /** Parts of a JSON string as they stand between its quotes. */
    private static final List<String> TEXT = List.of(
            "a",
            "word",
            " ",
            "é",
            "漢字",
            "\uD83D\uDE00",
            "\\u00e9",
            "\\ud83d\\ude00",
            "\\n",
            "\\t",
            "\\\"",
            "\\\\",
            "\\/",
            "/",
            "\u2028",
            "\u200D",
            "\u007F",
            "\\u0000",
            "\\u001f",
            "e\u0301",
            "data: ",
            "{",
            "]",
            ",");

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "0.0",
            "1.000",
            "1e2",
            "1E+2",
            "1.50e-7",
            "-3.14159265358979323846264338327950288",
            "12345678901234567890",
            "9007199254740993",
            "0.1",
            "1e400",
            "-1E-400",
            "100000000000000000000000000000.0");

    private final Random random;

    /** Whether it has to stay on its line. */
    private final boolean oneLine;

    private int names;

    OddJson(Random random, boolean oneLine) {
        this.random = random;
        this.oneLine = oneLine;
    }

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Nothing to anybody, most of the time. */
    private String space() {
        return any(oneLine ? List.of("", "", "", " ", "  ") : List.of("", "", "", " ", "\n  ", "\t", "\r\n"));
    }

    /** Of a JSON string, what stands between its quotes. */
    String text() {
        var text = new StringBuilder();
        for (var i = random.nextInt(8); i >= 0; i--) {
            text.append(any(TEXT));
        }
        return text.toString();
    }

    /** A name that has no meaning, and that nothing else has. */
    private String name() {
        return "\"x" + names++ + "-" + text() + "\"";
    }

    String value() {
        return value(DEEPEST);
    }

    private String value(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> any(NUMBERS);
            case 1 -> "\"" + text() + "\"";
            case 2 -> any(List.of("true", "false", "null"));
            case 3 -> any(List.of("\"\"", "[]", "{}", "[ ]", "{ }"));
            case 4 -> {
                var items = new ArrayList<String>();
                for (var i = random.nextInt(3); i >= 0; i--) {
                    items.add(space() + value(depth - 1) + space());
                }
                yield "[" + String.join(",", items) + "]";
            }
            default -> "{" + String.join(",", members(1 + random.nextInt(3), depth - 1)) + "}";
        };
    }

    /** Members of an object, each {@code name:value} with white space anywhere. */
    List<String> members(int count) {
        return members(count, DEEPEST);
    }

    private List<String> members(int count, int depth) {
        var members = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            members.add(space() + name() + space() + ":" + space() + value(depth) + space());
        }
        return members;
    }

    /** A member with white space anywhere. */
    String member(String name, String value) {
        return space() + "\"" + name + "\"" + space() + ":" + space() + value + space();
    }

    /** An object, or an array of them, with members of no meaning at the first object's beginning and at the last one's end. */
    String within(String json) {
        var begin = json.indexOf('{') + 1;
        var end = json.lastIndexOf('}');
        if (json.substring(begin, end).isBlank()) {
            return json;
        }
        return json.substring(0, begin)
                + String.join(",", members(1 + random.nextInt(2)))
                + ","
                + json.substring(begin, end)
                + ","
                + String.join(",", members(1 + random.nextInt(2)))
                + json.substring(end);
    }
}
