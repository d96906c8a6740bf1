package com.gogogoapi.proxy.body;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.ProxyProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Reads operators' bodies whole, up to the limit: there are few of them, and who sends them could do worse. */
@Component
public class RequestBodies {

    private final int maxBytes;

    RequestBodies(ProxyProperties properties) {
        this.maxBytes = properties.maxBodyBytes();
    }

    /** @throws ApiError 413 for a larger body, 415 for a compressed one */
    public byte[] read(HttpServletRequest request) throws IOException {
        ContentEncoding.requireNone(request);
        if (request.getContentLengthLong() > maxBytes) {
            throw ApiError.bodyTooLarge(maxBytes);
        }
        var body = request.getInputStream().readNBytes(maxBytes + 1);
        if (body.length > maxBytes) {
            throw ApiError.bodyTooLarge(maxBytes);
        }
        return body;
    }
}
