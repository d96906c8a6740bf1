package com.gogogoapi.proxy.upstream;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Why an upstream refused or failed, in whichever of the usual forms it says so: {@code {"error":{"message","code","param"}}},
 * {@code {"error":"…"}}, {@code {"detail":"…"}}, {@code {"detail":[{"msg":"…"}]}}, {@code {"message":"…"}}, or a bare string.
 * What looks like a key is taken out, since it would be ours.
 */
public record UpstreamReason(
        @Nullable String message,
        @Nullable String code,
        @Nullable String param) {

    /** The longest reason passed on; whole paragraphs have room. */
    static final int MAX_CHARS = 2_000;

    private static final int MAX_NAME_CHARS = 100;

    private static final Pattern SECRET =
            Pattern.compile("(?i)\\b(?:sk|pk|rk|api|key)[-_][a-z0-9_*-]{6,}|\\bbearer\\s+[^\\s\"']+");

    /** Whether the upstream says by this that it failed, whatever status it chose. */
    public static boolean isStatedBy(JsonNode body) {
        var error = body.path("error");
        return body.isString()
                || (!error.isMissingNode() && !error.isNull())
                || body.path("object").asString("").equals("error");
    }

    public static UpstreamReason of(JsonNode body) {
        var error = body.path("error");
        if (error.isObject()) {
            return new UpstreamReason(
                    clean(error.path("message")), name(error.path("code")), name(error.path("param")));
        }
        for (var said : new JsonNode[] {
            body, error, body.path("detail"), body.path("detail").path(0).path("msg"), body.path("message")
        }) {
            if (said.isString()) {
                return new UpstreamReason(clean(said), name(body.path("code")), name(body.path("param")));
            }
        }
        return new UpstreamReason(null, null, null);
    }

    private static @Nullable String name(JsonNode node) {
        var text = node.isString() || node.isNumber() ? node.asString() : "";
        return text.isBlank() || text.length() > MAX_NAME_CHARS || text.chars().anyMatch(Character::isISOControl)
                ? null
                : text;
    }

    private static @Nullable String clean(JsonNode node) {
        if (!node.isString() || node.stringValue().isBlank()) {
            return null;
        }
        var text = node.stringValue();
        var cut = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text;
        return SECRET.matcher(cut.replaceAll("\\p{Cntrl}", " ")).replaceAll("[key]");
    }

    /** A sentence of ours, followed by the reason if there is one. */
    public String after(String sentence) {
        return message == null ? sentence + "." : sentence + ": " + message;
    }
}
