package com.gogogoapi.acceptance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A protocol as a client speaks it, by hand: the bytes that the SDKs would send, and where they look in what comes. */
enum Spoken {
    CHAT("/v1/chat/completions", "/chat/completions", "max_tokens") {
        @Override
        Map<String, Object> prompt(String text) {
            return Map.of("messages", List.of(Map.of("role", "user", "content", text)));
        }

        @Override
        String said(JsonNode answer) {
            return answer.at("/choices/0/message/content").asString("");
        }

        @Override
        String whole(String text, String usage, String more) {
            return "{\"id\":\"a\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + text
                    + "\"},\"finish_reason\":\"stop\"}],\"usage\":" + openAi(usage) + more + "}";
        }
    },
    COMPLETIONS("/v1/completions", "/beta/completions", "max_tokens") {
        @Override
        Map<String, Object> prompt(String text) {
            return Map.of("prompt", text);
        }

        @Override
        String said(JsonNode answer) {
            return answer.at("/choices/0/text").asString("");
        }

        @Override
        String whole(String text, String usage, String more) {
            return "{\"id\":\"a\",\"choices\":[{\"index\":0,\"text\":\"" + text
                    + "\",\"finish_reason\":\"stop\"}],\"usage\":" + openAi(usage) + more + "}";
        }
    },
    MESSAGES("/v1/messages", "/anthropic/v1/messages", "max_tokens") {
        @Override
        Map<String, Object> prompt(String text) {
            return Map.of("messages", List.of(Map.of("role", "user", "content", text)));
        }

        @Override
        String said(JsonNode answer) {
            return answer.at("/content/0/text").asString("");
        }

        @Override
        String whole(String text, String usage, String more) {
            return "{\"id\":\"a\",\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"" + text
                    + "\"}],\"stop_reason\":\"end_turn\",\"usage\":" + usage + more + "}";
        }
    },
    RESPONSES("/v1/responses", "/responses", "max_output_tokens") {
        @Override
        Map<String, Object> prompt(String text) {
            return Map.of("input", text);
        }

        @Override
        String said(JsonNode answer) {
            return answer.at("/output/0/content/0/text").asString("");
        }

        @Override
        String whole(String text, String usage, String more) {
            return "{\"id\":\"a\",\"status\":\"completed\",\"error\":null,\"output\":[{\"type\":\"message\",\"content\":["
                    + "{\"type\":\"output_text\",\"text\":\"" + text + "\"}]}],\"usage\":" + usage + more + "}";
        }
    };

    private final String path;
    private final String upstreamPath;
    private final String limitField;

    Spoken(String path, String upstreamPath, String limitField) {
        this.path = path;
        this.upstreamPath = upstreamPath;
        this.limitField = limitField;
    }

    abstract Map<String, Object> prompt(String text);

    /** What a whole answer says. */
    abstract String said(JsonNode answer);

    /**
     * A whole answer of an upstream's.
     *
     * @param usage its JSON, with {@code input_tokens} and {@code output_tokens} whatever they are called here
     * @param more fields, each after a comma
     */
    abstract String whole(String text, String usage, String more);

    private static String openAi(String usage) {
        return usage.replace("input_tokens", "prompt_tokens").replace("output_tokens", "completion_tokens");
    }

    String path() {
        return path;
    }

    String upstreamPath() {
        return upstreamPath;
    }

    String limitField() {
        return limitField;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String body(String text, int limit, boolean stream) {
        return body(text, limit, stream, Map.of());
    }

    String body(String text, int limit, boolean stream, Map<String, Object> more) {
        var body = new LinkedHashMap<String, Object>(prompt(text));
        body.put("model", "deepseek-v4-flash");
        body.put(limitField, limit);
        body.put("stream", stream);
        body.putAll(more);
        return JsonMapper.shared().writeValueAsString(body);
    }

    /** Whether a stream came to the end that this protocol has. */
    boolean isWhole(String events) {
        return switch (this) {
            case CHAT, COMPLETIONS -> events.endsWith("data: [DONE]\n\n");
            case MESSAGES -> events.endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
            case RESPONSES ->
                lastEvent(events).path("type").asString("").matches("response\\.(completed|incomplete)")
                        && !events.contains("[DONE]");
        };
    }

    /** Whether a stream ended with an error that this protocol's clients see as one. */
    boolean isBroken(String events) {
        var last = lastEvent(events);
        return last.path("error").path("message").isString()
                && switch (this) {
                    case CHAT, COMPLETIONS -> !last.has("choices") && !events.contains("[DONE]");
                    case MESSAGES -> last.path("type").asString("").equals("error") && !events.contains("message_stop");
                    case RESPONSES -> last.path("type").asString("").equals("response.failed");
                };
    }

    /** What is wrong, by the last event of a stream that broke. */
    JsonNode lastError(String events) {
        return lastEvent(events).path("error");
    }

    private static JsonNode lastEvent(String events) {
        var data = events.stripTrailing();
        return JsonMapper.shared().readTree(data.substring(data.lastIndexOf("data: ") + "data: ".length()));
    }

    /** What is wrong, as this protocol's clients read it. */
    JsonNode error(String body) {
        var json = JsonMapper.shared().readTree(body);
        if (this == MESSAGES && !json.path("type").asString("").equals("error")) {
            throw new AssertionError("Anthropic's errors say that they are: " + body);
        }
        return json.path("error");
    }
}
