package com.gogogoapi.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The members of a JSON object as they are written: names and values byte for byte, without the white space around them. */
record RawMembers(List<Member> members) {

    /** @param name with its quotes and escapes */
    record Member(String name, String value) {

        boolean isOneOf(Set<String> names) {
            return names.contains(name.substring(1, name.length() - 1));
        }
    }

    static RawMembers of(String object) {
        var members = new ArrayList<Member>();
        var inside = object.strip();
        if (!inside.startsWith("{") || !inside.endsWith("}")) {
            throw new AssertionError("An object must be in braces: " + object);
        }
        for (var member : split(inside.substring(1, inside.length() - 1), ',')) {
            if (!member.isBlank()) {
                var nameAndValue = split(member, ':');
                members.add(new Member(
                        nameAndValue.getFirst().strip(),
                        String.join(":", nameAndValue.subList(1, nameAndValue.size()))
                                .strip()));
            }
        }
        return new RawMembers(members);
    }

    /** At every such character that is neither in a string nor in a value's own braces. */
    private static List<String> split(String text, char at) {
        var parts = new ArrayList<String>();
        var from = 0;
        var depth = 0;
        var inString = false;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (inString) {
                i += c == '\\' ? 1 : 0;
                inString = c != '"';
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (c == at && depth == 0) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    RawMembers without(Set<String> names) {
        return new RawMembers(
                members.stream().filter(member -> !member.isOneOf(names)).toList());
    }

    /** How a member's value is written. */
    String value(String name) {
        return members.stream()
                .filter(member -> member.isOneOf(Set.of(name)))
                .map(Member::value)
                .findFirst()
                .orElseThrow(() -> new AssertionError("There must be a member " + name + "."));
    }
}
