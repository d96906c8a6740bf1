package com.gogogoapi.proxy.protocol.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.errors.ApiError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The last chunk of a stream that broke off: clients read the error in it, or at least a reason to finish. */
final class ErrorChunk {

    private ErrorChunk() {}

    /** @param upstreamId the id that the stream's other chunks have, if there were any */
    static byte[] lines(@Nullable String upstreamId, ApiError error) {
        var chunk = new LinkedHashMap<String, Object>();
        chunk.put("id", upstreamId == null ? "" : upstreamId);
        chunk.put("object", "chat.completion.chunk");
        chunk.put("choices", List.of(Map.of("index", 0, "delta", Map.of(), "finish_reason", "error")));
        chunk.putAll(error.body());
        return ("data: " + JsonMapper.shared().writeValueAsString(chunk) + "\n\n").getBytes(UTF_8);
    }
}
