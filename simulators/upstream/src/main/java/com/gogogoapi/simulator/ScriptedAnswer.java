package com.gogogoapi.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An answer told byte by byte, for whatever an upstream has ever sent: an error page with status 200, half an event, a
 * compressed body.
 *
 * <p>Its JSON: {@code {"status":200,"headers":{"Content-Type":"text/html"},"pieces":[{"text":"…","delay_ms":0}],
 * "end":"close"}}; a piece has {@code text} or {@code base64}, and all but {@code pieces} may be left out.
 *
 * @param end {@code close} in order, {@code break} the connection, or {@code stall}
 */
record ScriptedAnswer(int status, Map<String, String> headers, List<Piece> pieces, End end) {

    /** How it ends after its last piece. */
    enum End {
        CLOSE,
        BREAK,
        STALL
    }

    /** @param delayMillis before it */
    @SuppressWarnings("ArrayRecordComponent") // written, never compared
    record Piece(byte[] bytes, long delayMillis) {}

    /** @throws IllegalArgumentException if it cannot be read as an answer */
    static ScriptedAnswer of(JsonNode json) {
        var headers = new LinkedHashMap<String, String>();
        json.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        var pieces = new ArrayList<Piece>();
        for (var piece : json.path("pieces")) {
            var bytes = piece.has("base64")
                    ? Base64.getDecoder().decode(piece.path("base64").asString())
                    : piece.path("text").asString("").getBytes(UTF_8);
            pieces.add(new Piece(bytes, piece.path("delay_ms").asLong(0)));
        }
        return new ScriptedAnswer(
                json.path("status").asInt(200),
                headers,
                pieces,
                End.valueOf(json.path("end").asString("close").toUpperCase(Locale.ROOT)));
    }

    void send(HttpExchange exchange) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, 0);
        var out = exchange.getResponseBody();
        for (var piece : pieces) {
            Pause.of(piece.delayMillis());
            out.write(piece.bytes());
            out.flush();
        }
        switch (end) {
            case CLOSE -> out.close();
            case BREAK -> throw new Break();
            case STALL -> {
                Pause.of(Pause.STALL_MILLIS);
                throw new Break();
            }
        }
    }
}
