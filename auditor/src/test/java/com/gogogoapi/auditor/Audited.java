package com.gogogoapi.auditor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What the command line answered. */
record Audited(int exit, String out, String err) {

    static Audited run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var exit = Auditor.run(arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        return new Audited(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    String lastLine() {
        return out.strip().lines().reduce("", (before, line) -> line);
    }
}
