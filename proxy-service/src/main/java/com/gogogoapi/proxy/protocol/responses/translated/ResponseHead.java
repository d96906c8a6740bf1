package com.gogogoapi.proxy.protocol.responses.translated;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A response without what it puts out: who it is, and what of its request it repeats. That is only what is small: instructions
 * and tools may be as large as a request, which is let go once it is sent.
 *
 * @param id by which it and its items are called
 * @param repeated of its request
 */
record ResponseHead(String id, long createdAt, ObjectNode repeated) {

    private static final String[] REPEATED = {"model", "max_output_tokens", "metadata", "temperature", "top_p"};

    static ResponseHead of(JsonNode request) {
        var repeated = JsonMapper.shared().createObjectNode();
        for (var name : REPEATED) {
            if (request.has(name)) {
                repeated.set(name, request.path(name));
            } else {
                repeated.putNull(name);
            }
        }
        if (!repeated.path("metadata").isObject()) {
            repeated.putObject("metadata");
        }
        repeated.put("parallel_tool_calls", request.path("parallel_tool_calls").asBoolean(true));
        repeated.put("tool_choice", request.path("tool_choice").asString("auto"));
        repeated.putObject("reasoning")
                .put("effort", request.path("reasoning").path("effort").asString(null))
                .putNull("summary");
        var format = request.path("text").path("format").path("type").asString("text");
        repeated.putObject("text").putObject("format").put("type", format);
        return new ResponseHead(
                TimeOrderedIds.next().toString().replace("-", ""), Instant.now().getEpochSecond(), repeated);
    }

    private ObjectNode withStatus(String status, ArrayNode output) {
        var response = JsonMapper.shared()
                .createObjectNode()
                .put("id", "resp_" + id)
                .put("object", "response")
                .put("created_at", createdAt)
                .put("status", status)
                .put("background", false);
        for (var name : new String[] {"error", "incomplete_details", "instructions", "previous_response_id", "user"}) {
            response.putNull(name);
        }
        response.setAll(repeated);
        response.set("output", output);
        response.put("store", false);
        response.putArray("tools");
        response.put("truncation", "disabled");
        response.putNull("usage");
        return response;
    }

    ObjectNode inProgress() {
        return withStatus("in_progress", JsonMapper.shared().createArrayNode());
    }

    /** One that ended as chat says by its reason to finish. */
    ObjectNode ended(String finishReason, ArrayNode output, JsonNode usage) {
        var response =
                switch (finishReason) {
                    case "length" -> incomplete("max_output_tokens", output);
                    case "content_filter" -> incomplete("content_filter", output);
                    case "insufficient_system_resource" ->
                        failed("server_error", "The upstream had no room to finish its answer.", output);
                    default -> withStatus("completed", output);
                };
        response.set("usage", usage);
        return response;
    }

    private ObjectNode incomplete(String reason, ArrayNode output) {
        var response = withStatus("incomplete", output);
        response.putObject("incomplete_details").put("reason", reason);
        return response;
    }

    private ObjectNode failed(String code, String message, ArrayNode output) {
        var response = withStatus("failed", output);
        response.putObject("error").put("code", code).put("message", message);
        return response;
    }

    /** One that broke off. */
    ObjectNode failed(ApiError error) {
        return failed(
                error.code(),
                String.valueOf(error.getMessage()),
                JsonMapper.shared().createArrayNode());
    }
}
