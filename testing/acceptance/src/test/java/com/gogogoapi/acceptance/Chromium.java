package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser that a script of {@code browser/} drives: it is told what to do, and tells what it found. */
final class Chromium {

    /** Also has what each script found, {@code NAME-found.json}, and what went wrong, {@code NAME-errors.txt}. */
    static final Path SCREENSHOTS = Path.of("target", "screenshots").toAbsolutePath();

    static final Path SCRIPTS = Path.of("target", "browser").toAbsolutePath();
    static final String PROGRAM = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .filter(path -> Files.isExecutable(Path.of(path)))
            .findFirst()
            .orElse("");

    private Chromium() {}

    /** Without one, whoever calls this is skipped. */
    static void require() {
        assumeTrue(!PROGRAM.isEmpty(), "no Chromium on this machine (Debian: apt-get install chromium)");
    }

    /** @param script without its {@code .mjs} */
    static JsonNode drivenBy(String script, RunningSystem system, Map<String, ?> told, Duration within)
            throws Exception {
        return drivenBy(script, system.url(""), told, within);
    }

    static JsonNode drivenBy(String script, String baseUrl, Map<String, ?> told, Duration within) throws Exception {
        Files.createDirectories(SCREENSHOTS);
        var input = SCREENSHOTS.resolve(script + ".json");
        Files.writeString(input, JsonMapper.shared().writeValueAsString(told));
        var output = SCREENSHOTS.resolve(script + "-found.json");
        var errors = SCREENSHOTS.resolve(script + "-errors.txt");
        var browser = new ProcessBuilder("node", script + ".mjs", baseUrl, PROGRAM, SCREENSHOTS.toString())
                .directory(SCRIPTS.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(browser.waitFor(within.toSeconds(), TimeUnit.SECONDS))
                    .as("in time")
                    .isTrue();
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly();
            // It has secrets in it.
            Files.delete(input);
        }
        assertThat(browser.exitValue()).as(Files.readString(errors)).isZero();
        return JsonMapper.shared().readTree(Files.readString(output));
    }
}
