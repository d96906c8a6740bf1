package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The machine's own Chromium, driven by a script of {@code browser/}; what it sees is in {@code target/screenshots}. */
final class Chromium {

    static final String MISSING = "no Chromium on this machine (Debian: apt-get install chromium)";

    private static final Path SCRIPTS = Path.of("target", "browser").toAbsolutePath();
    private static final Path SCREENSHOTS = Path.of("target", "screenshots").toAbsolutePath();
    private static final int BROWSER_SECONDS = 600;

    private Chromium() {}

    static boolean isThere() {
        return !path().isEmpty();
    }

    private static String path() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElse("");
    }

    /** What the script of that name found, which is told what to do. */
    static JsonNode run(String script, String url, Map<String, ?> told) throws Exception {
        Files.createDirectories(SCREENSHOTS);
        var input = SCREENSHOTS.resolve(script + ".json");
        Files.writeString(input, JsonMapper.shared().writeValueAsString(told));
        var output = SCREENSHOTS.resolve(script + "-found.json");
        var errors = SCREENSHOTS.resolve(script + "-errors.txt");
        var browser = new ProcessBuilder("node", script + ".mjs", url, path(), SCREENSHOTS.toString())
                .directory(SCRIPTS.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(browser.waitFor(BROWSER_SECONDS, TimeUnit.SECONDS))
                    .as("in time")
                    .isTrue();
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly();
        }
        assertThat(browser.exitValue()).as(Files.readString(errors)).isZero();
        return JsonMapper.shared().readTree(Files.readString(output));
    }
}
