package com.gogogoapi.proxy.protocol.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.errors.ApiError;
import tools.jackson.databind.json.JsonMapper;

/**
 * The last event of a stream that broke off: an error by itself. Beside {@code choices} it would be overlooked by clients
 * whose schema makes {@code error} optional, and after {@code [DONE]} by all.
 */
final class ErrorEvent {

    private ErrorEvent() {}

    static byte[] of(ApiError error) {
        return ("data: " + JsonMapper.shared().writeValueAsString(error.body()) + "\n\n").getBytes(UTF_8);
    }
}
