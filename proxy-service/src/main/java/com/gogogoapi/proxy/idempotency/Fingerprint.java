package com.gogogoapi.proxy.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** By which a request is known again: its route, its body as it came, and the headers that change what comes of it. */
public final class Fingerprint {

    private static final List<String> HEADERS =
            List.of("X-Quote-Id", "X-On-Insufficient-Credit", "anthropic-version", "anthropic-beta");

    private Fingerprint() {}

    /**
     * SHA-256 over all of it.
     *
     * @param route by whichever of its paths it was called
     */
    public static byte[] of(String route, HttpServletRequest request, byte[] body) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            add(sha, route.getBytes(UTF_8));
            for (var name : HEADERS) {
                var value = request.getHeader(name);
                add(sha, value == null ? new byte[0] : value.getBytes(UTF_8));
            }
            add(sha, body);
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256.", e);
        }
    }

    /** Length first: ("ab","c") and ("a","bc") are different requests. */
    private static void add(MessageDigest sha, byte[] part) {
        sha.update(ByteBuffer.allocate(4).putInt(part.length).array());
        sha.update(part);
    }
}
