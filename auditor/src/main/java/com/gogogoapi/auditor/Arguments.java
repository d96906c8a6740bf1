package com.gogogoapi.auditor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A command line: words, and options that each have a value. */
record Arguments(List<String> words, Map<String, List<String>> options) {

    private static final Set<String> KNOWN = Set.of(
            "--data",
            "--jdbc",
            "--kafka",
            "--export",
            "--key",
            "--checkpoint",
            "--threads",
            "--format",
            "--out",
            "--limit",
            "--at",
            "--seq");

    /** @throws IllegalArgumentException with a message for the caller */
    static Arguments parse(String[] args) {
        var words = new ArrayList<String>();
        var options = new LinkedHashMap<String, List<String>>();
        for (var i = 0; i < args.length; i++) {
            if (!args[i].startsWith("--")) {
                words.add(args[i]);
                continue;
            }
            if (!KNOWN.contains(args[i])) {
                throw new IllegalArgumentException("unknown option " + args[i]);
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            options.computeIfAbsent(args[i], name -> new ArrayList<>()).add(args[++i]);
        }
        return new Arguments(words, options);
    }

    Optional<String> option(String name) {
        return all(name).stream().findFirst();
    }

    List<String> all(String name) {
        return options.getOrDefault(name, List.of());
    }

    /** @throws IllegalArgumentException if it is not a number in range */
    Optional<Long> number(String name, long min, long max) {
        return option(name).map(text -> {
            try {
                var number = Long.parseLong(text);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(name + " is a number, not " + text, e);
            }
            throw new IllegalArgumentException(name + " is between " + min + " and " + max);
        });
    }

    /** The word at that place. */
    String word(int index, String what) {
        if (index >= words.size()) {
            throw new IllegalArgumentException(what + " is missing");
        }
        return words.get(index);
    }
}
