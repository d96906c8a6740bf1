package com.gogogoapi.proxy.idempotency;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

/**
 * An answer as it was sent.
 *
 * @param headers those that it had beside every answer's
 * @param gzipped its body
 */
@SuppressWarnings("ArrayRecordComponent") // written, never compared
record KeptAnswer(int status, Map<String, String> headers, byte[] gzipped) {

    static final String REPLAYED = "idempotency-replayed";
    static final String ORIGINAL = "x-original-request-id";

    /** @param shownId the {@code x-request-id} that it had */
    void write(HttpServletResponse response, UUID shownId) throws IOException {
        response.setStatus(status);
        headers.forEach(response::setHeader);
        response.setHeader(REPLAYED, "true");
        response.setHeader(ORIGINAL, shownId.toString());
        try (var body = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
            body.transferTo(response.getOutputStream());
        }
    }
}
