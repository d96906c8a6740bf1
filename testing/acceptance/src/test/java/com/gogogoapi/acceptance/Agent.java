package com.gogogoapi.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A coding agent as it comes from npm, set up as its own documentation says, and nothing else.
 *
 * @param protocol in which it asks
 * @param tool with which it reads a file
 * @param arguments of the tool, which has the file's path at {@code %s}
 * @param settings a file of its settings by its name, with the base URL at {@code %1$s} and the key at {@code %2$s}; empty for none
 * @param environment the same
 * @param command without the prompt, the folder of the packages at {@code %1$s} and that of its settings at {@code %2$s}
 */
record Agent(
        String name,
        Spoken protocol,
        String tool,
        String arguments,
        Map<String, String> settings,
        Map<String, String> environment,
        List<String> command) {

    static List<Agent> all() {
        return List.of(codex(), claudeCode(), openCode(), continueCli());
    }

    private static Agent codex() {
        return new Agent(
                "@openai/codex",
                Spoken.RESPONSES,
                "exec_command",
                "{\"cmd\":\"cat %s\"}",
                Map.of("config.toml", """
                        model = "deepseek-v4-flash"
                        model_provider = "gogogoapi"

                        [model_providers.gogogoapi]
                        name = "gogogoapi"
                        base_url = "%1$s/v1"
                        env_key = "GOGOGOAPI_KEY"
                        wire_api = "responses"
                        """),
                Map.of("CODEX_HOME", "%3$s", "GOGOGOAPI_KEY", "%2$s"),
                // The test's folder is no sandbox of its kind, and no repository.
                List.of(
                        "%1$s/.bin/codex",
                        "exec", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox"));
    }

    private static Agent claudeCode() {
        return new Agent(
                "@anthropic-ai/claude-code",
                Spoken.MESSAGES,
                "Bash",
                "{\"command\":\"cat %s\"}",
                Map.of(),
                Map.of(
                        "ANTHROPIC_BASE_URL",
                        "%1$s",
                        "ANTHROPIC_AUTH_TOKEN",
                        "%2$s",
                        "ANTHROPIC_MODEL",
                        "deepseek-v4-pro",
                        "ANTHROPIC_SMALL_FAST_MODEL",
                        "deepseek-v4-flash",
                        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
                        "1"),
                List.of("node", "%1$s/@anthropic-ai/claude-code/cli-wrapper.cjs", "--allowedTools=Bash", "-p"));
    }

    private static Agent openCode() {
        return new Agent(
                "opencode-ai",
                Spoken.CHAT,
                "bash",
                "{\"command\":\"cat %s\",\"description\":\"Reads the note\"}",
                Map.of("opencode.json", """
                        {"model": "gogogoapi/deepseek-v4-flash", "autoupdate": false, "share": "disabled",
                         "provider": {"gogogoapi": {"npm": "@ai-sdk/openai-compatible",
                           "options": {"baseURL": "%1$s/v1", "apiKey": "{env:GOGOGOAPI_KEY}"},
                           "models": {"deepseek-v4-flash": {"tool_call": true, "limit": {"context": 1000000, "output": 8192}}}}}}
                        """),
                Map.of(
                        "OPENCODE_CONFIG",
                        "%3$s/opencode.json",
                        "GOGOGOAPI_KEY",
                        "%2$s",
                        "OPENCODE_DISABLE_MODELS_FETCH",
                        "1"),
                List.of("%1$s/.bin/opencode", "run"));
    }

    private static Agent continueCli() {
        return new Agent(
                "@continuedev/cli",
                Spoken.CHAT,
                "Bash",
                "{\"command\":\"cat %s\"}",
                Map.of("config.yaml", """
                        name: gogogoapi
                        version: 0.0.1
                        schema: v1
                        models:
                          - name: flash
                            provider: openai
                            model: deepseek-v4-flash
                            apiBase: %1$s/v1
                            apiKey: %2$s
                            roles: [chat, edit, apply]
                            capabilities: [tool_use]
                        """),
                Map.of("CONTINUE_TELEMETRY_ENABLED", "0"),
                List.of("%1$s/.bin/cn", "-p", "--auto", "--config", "%2$s/config.yaml"));
    }

    /** What it is to do; the marker says how the simulator plays its model. */
    String task(Path note) {
        var filled = arguments.formatted(note).getBytes(UTF_8);
        return "Read the note and say its word. [[sim: tool=" + tool + ", arguments="
                + Base64.getUrlEncoder().withoutPadding().encodeToString(filled) + "]]";
    }

    @Override
    public String toString() {
        return name;
    }
}
