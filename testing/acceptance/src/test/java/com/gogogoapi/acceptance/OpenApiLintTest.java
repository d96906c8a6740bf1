package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The document of the public routes is one that tools for OpenAPI read: a linter has nothing to say against it. */
class OpenApiLintTest {

    private static final Path LINTER = Path.of("target", "openapi").toAbsolutePath();
    private static final Path DOCUMENT =
            Path.of("..", "..", "docs", "openapi.yaml").toAbsolutePath();
    private static final int WITHIN_SECONDS = 300;

    /** What Node was answered by, first number first. */
    private static int[] versionOfNode() throws IOException, InterruptedException {
        var said = run("node", "--version").output().strip();
        return Arrays.stream(said.substring(1).split("\\."))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private record Ran(int status, String output) {}

    private static Ran run(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(LINTER.toFile()).redirectErrorStream(true);
        builder.environment().put("REDOCLY_TELEMETRY", "off");
        builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), output);
    }

    private static Ran lint(Path document) throws IOException, InterruptedException {
        return run(
                "node",
                "node_modules/@redocly/cli/bin/cli.js",
                "lint",
                document.toString(),
                "--config",
                "redocly.yaml",
                "--format",
                "stylish");
    }

    @Test
    void theDocumentHasNoProblem() throws Exception {
        var node = versionOfNode();
        assumeThat(node[0] > 20 || node[0] == 20 && node[1] >= 19)
                .as("Node.js must be 20.19 or later for the linter.")
                .isTrue();
        var linted = lint(DOCUMENT);
        assertThat(linted.status()).as(linted.output()).isZero();
        assertThat(linted.output()).doesNotContain("You have").contains("Your API description is valid");
    }
}
