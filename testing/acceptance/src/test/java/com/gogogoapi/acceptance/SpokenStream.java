package com.gogogoapi.acceptance;

/** A stream as an upstream sends it in a protocol, event by event; a word is one token. */
record SpokenStream(Spoken protocol) {

    /** A usage in the protocol's own words. */
    String usage(long prompt, long completion) {
        return switch (protocol) {
            case CHAT, COMPLETIONS -> "{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + completion + "}";
            case MESSAGES, RESPONSES -> "{\"input_tokens\":" + prompt + ",\"output_tokens\":" + completion + "}";
        };
    }

    private static String chunk(String choice, String more) {
        return "data: {\"id\":\"c1\",\"choices\":[{\"index\":0," + choice + "}]" + more + "}\n\n";
    }

    private static String typed(String type, String more) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + more + "}\n\n";
    }

    /** Before any content. */
    String beginning() {
        return beginning("null");
    }

    /** Before any content, with a usage where the protocol has a place for it. */
    String beginning(String usage) {
        return switch (protocol) {
            case CHAT ->
                chunk(
                        "\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null",
                        ",\"usage\":" + usage);
            case COMPLETIONS -> chunk("\"text\":\"\",\"finish_reason\":null", ",\"usage\":" + usage);
            case MESSAGES ->
                typed("message_start", ",\"message\":{\"id\":\"m1\",\"content\":[],\"usage\":" + usage + "}")
                        + typed(
                                "content_block_start",
                                ",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
            case RESPONSES ->
                typed("response.created", ",\"response\":{\"id\":\"r1\",\"usage\":" + usage + "}")
                        + typed("response.output_item.added", ",\"output_index\":0,\"item\":{\"type\":\"message\"}");
        };
    }

    String words(int count) {
        return word().repeat(count);
    }

    private String word() {
        return switch (protocol) {
            case CHAT -> chunk("\"delta\":{\"content\":\" the\"},\"finish_reason\":null", "");
            case COMPLETIONS -> chunk("\"text\":\" the\",\"finish_reason\":null", "");
            case MESSAGES ->
                typed("content_block_delta", ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\" the\"}");
            case RESPONSES -> typed("response.output_text.delta", ",\"output_index\":0,\"delta\":\" the\"");
        };
    }

    /** The reason to finish, with a usage, or null. */
    String finish(String usage) {
        return switch (protocol) {
            case CHAT -> chunk("\"delta\":{},\"finish_reason\":\"stop\"", ",\"usage\":" + usage);
            case COMPLETIONS -> chunk("\"text\":\"\",\"finish_reason\":\"stop\"", ",\"usage\":" + usage);
            case MESSAGES ->
                typed("content_block_stop", ",\"index\":0")
                        + typed("message_delta", ",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":" + usage);
            // It has both in its last event.
            case RESPONSES -> typed("response.output_item.done", ",\"output_index\":0,\"item\":{\"type\":\"message\"}");
        };
    }

    /** A usage after the reason to finish, where the protocol has a place for it. */
    String usageAfterwards(String usage) {
        return switch (protocol) {
            case CHAT, COMPLETIONS -> "data: {\"id\":\"c1\",\"choices\":[],\"usage\":" + usage + "}\n\n";
            case MESSAGES -> typed("message_delta", ",\"delta\":{},\"usage\":" + usage);
            case RESPONSES -> "";
        };
    }

    /** The end, which has the usage in one protocol. */
    String end(String usage) {
        return switch (protocol) {
            case CHAT, COMPLETIONS -> "data: [DONE]\n\n";
            case MESSAGES -> typed("message_stop", "");
            case RESPONSES ->
                typed(
                        "response.completed",
                        ",\"response\":{\"id\":\"r1\",\"status\":\"completed\",\"output\":[],\"usage\":" + usage + "}");
        };
    }

    /** All of it, with the usage where the protocol usually has it. */
    String whole(int words, String usage) {
        return beginning() + words(words) + finish(usage) + end(usage);
    }

    String error() {
        return switch (protocol) {
            case CHAT, COMPLETIONS -> "data: {\"error\":{\"message\":\"busy\"}}\n\n";
            case MESSAGES -> typed("error", ",\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}");
            case RESPONSES -> typed("error", ",\"code\":\"server_error\",\"message\":\"busy\"");
        };
    }
}
