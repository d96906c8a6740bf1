package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A script of {@code clients/}, which is told what to do in JSON and answers in lines of JSON. */
final class NodeScript {

    private static final Path CLIENTS = Path.of("target", "clients").toAbsolutePath();
    private static final int ALL_WITHIN_SECONDS = 300;

    private NodeScript() {}

    static List<JsonNode> run(String name, Map<String, Object> input) throws IOException, InterruptedException {
        var errors = CLIENTS.resolve(name + ".err");
        var node = new ProcessBuilder("node", name)
                .directory(CLIENTS.toFile())
                .redirectError(errors.toFile())
                .start();
        try (var stdin = node.getOutputStream()) {
            stdin.write(JsonMapper.shared().writeValueAsBytes(input));
        }
        var lines = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor(ALL_WITHIN_SECONDS, TimeUnit.SECONDS)).as(name).isTrue();
        assertThat(node.exitValue()).as(errors.toString()).isZero();
        return lines.lines().map(JsonMapper.shared()::readTree).toList();
    }
}
