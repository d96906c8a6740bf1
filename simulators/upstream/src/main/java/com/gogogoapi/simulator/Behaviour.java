package com.gogogoapi.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * How the upstream behaves for one request.
 *
 * <p>Set for all requests with {@code PUT /simulator/behaviour}, and for one by a marker in its last message, such as
 * {@code [[sim: tokens=200, chunk-delay-ms=20]]}.
 *
 * @param tokens completion tokens it wants to generate, before {@code max_tokens} cuts it off
 * @param firstByteDelayMillis before the answer's head
 * @param chunkDelayMillis before each chunk
 * @param fail status to answer with instead; 0 for none
 * @param failTimes how many requests with the same last message it fails, before it serves them; 0 for all of them
 * @param reset breaks the connection before any byte
 * @param cutAfterChunks breaks the connection after so many content chunks; -1 for never
 * @param errorAfterChunks reports an error in the stream after so many; -1 for never
 * @param stallAfterChunks says nothing more after so many; -1 for never
 * @param keepAliveComments sends comments while it waits
 * @param usage where usage is stated: {@code trailing}, {@code finish} or {@code none}
 * @param nothing generates no text and states no usage
 * @param extraPromptTokens stated above what it counted
 * @param cachedPromptTokens of the prompt served from the cache
 * @param reasoning tokens that it thinks before it answers
 * @param say what it answers, in place of words; empty for words
 * @param tool the tool that it calls; empty for one that the request wants called, or that its last message names
 * @param arguments with which it calls that tool, a JSON object (a marker has it in base64url); empty for an example of what the tool's schema asks for
 * @param script the name of a {@link ScriptedAnswer} to give instead; empty for none
 */
record Behaviour(
        long tokens,
        long firstByteDelayMillis,
        long chunkDelayMillis,
        int fail,
        long failTimes,
        boolean reset,
        long cutAfterChunks,
        long errorAfterChunks,
        long stallAfterChunks,
        boolean keepAliveComments,
        String usage,
        boolean nothing,
        long extraPromptTokens,
        long cachedPromptTokens,
        long reasoning,
        String say,
        String tool,
        String arguments,
        String script) {

    static final Behaviour WELL =
            new Behaviour(24, 0, 0, 0, 0, false, -1, -1, -1, false, "trailing", false, 0, 0, 0, "", "", "", "");

    private static final Pattern MARKER = Pattern.compile("\\[\\[sim:([^\\]]{1,500})\\]\\]");

    /** This behaviour, changed as the request's text asks. */
    Behaviour askedBy(String text) {
        var marker = MARKER.matcher(text);
        if (!marker.find()) {
            return this;
        }
        var changed = this;
        for (var setting : marker.group(1).split(",")) {
            var parts = setting.trim().split("=", 2);
            changed = changed.with(parts[0].trim(), parts.length == 2 ? parts[1].trim() : "true");
        }
        return changed;
    }

    /** This behaviour, changed as a control request's JSON object says. */
    Behaviour changedBy(JsonNode settings) {
        var changed = this;
        for (var setting : settings.properties()) {
            changed = changed.with(setting.getKey(), setting.getValue().asString());
        }
        return changed;
    }

    /** @throws IllegalArgumentException for an unknown setting or a value it cannot have */
    private Behaviour with(String name, String value) {
        var whole = value.matches("-?[0-9]{1,9}") ? Long.parseLong(value) : 0;
        var yes = Boolean.parseBoolean(value);
        return new Behaviour(
                name.equals("tokens") ? whole : tokens,
                name.equals("first-byte-delay-ms") ? whole : firstByteDelayMillis,
                name.equals("chunk-delay-ms") ? whole : chunkDelayMillis,
                name.equals("fail") ? (int) whole : fail,
                name.equals("fail-times") ? whole : failTimes,
                name.equals("reset") ? yes : reset,
                name.equals("cut-after") ? whole : cutAfterChunks,
                name.equals("error-after") ? whole : errorAfterChunks,
                name.equals("stall-after") ? whole : stallAfterChunks,
                name.equals("keep-alive") ? yes : keepAliveComments,
                name.equals("usage") ? value : usage,
                name.equals("nothing") ? yes : nothing,
                name.equals("extra-prompt") ? whole : extraPromptTokens,
                name.equals("cached") ? whole : cachedPromptTokens,
                name.equals("reasoning") ? whole : reasoning,
                name.equals("say") ? value : say,
                name.equals("tool") ? value : tool,
                name.equals("arguments") ? decoded(value) : arguments,
                name.equals("script") ? value : script);
    }

    /** @throws IllegalArgumentException if it is not base64url */
    private static String decoded(String base64Url) {
        return new String(Base64.getUrlDecoder().decode(base64Url), StandardCharsets.UTF_8);
    }
}
