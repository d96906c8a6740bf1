package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The auditor's command line as a user calls it. */
public record Audited(int exit, String output) {

    public static Audited run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "com.gogogoapi.auditor.Auditor"));
        command.addAll(List.of(arguments));
        var output = Files.createTempFile("audit-", ".txt");
        var errors = Files.createTempFile("audit-", ".err");
        try {
            var process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
            return new Audited(
                    process.exitValue(),
                    Files.readString(output) + (process.exitValue() == 0 ? "" : Files.readString(errors)));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }
}
