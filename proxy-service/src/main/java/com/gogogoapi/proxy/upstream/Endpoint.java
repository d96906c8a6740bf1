package com.gogogoapi.proxy.upstream;

import java.util.Map;

/**
 * Where the upstream serves a protocol.
 *
 * @param path relative to the upstream's base address
 * @param key the header in which it looks for our key there
 * @param headers beside it
 */
public record Endpoint(String path, KeyHeader key, Map<String, String> headers) {

    /** Where a key is looked for. */
    public enum KeyHeader {
        AUTHORIZATION("Authorization", "Bearer "),
        X_API_KEY("x-api-key", "");

        private final String name;
        private final String scheme;

        KeyHeader(String name, String scheme) {
            this.name = name;
            this.scheme = scheme;
        }

        String headerName() {
            return name;
        }

        String value(String key) {
            return scheme + key;
        }
    }

    /** One of OpenAI's kind. */
    public static Endpoint of(String path) {
        return new Endpoint(path, KeyHeader.AUTHORIZATION, Map.of());
    }
}
