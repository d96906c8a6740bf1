package com.gogogoapi.proxy.keys;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The token of an Authorization header. */
final class Bearer {

    private static final String SCHEME = "Bearer ";
    private static final String API_KEY = "x-api-key";

    private Bearer() {}

    static Optional<String> of(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).trim())
                : Optional.empty();
    }

    /** The same, or what Anthropic's clients send in its place. */
    static Optional<String> orApiKey(HttpServletRequest request) {
        return of(request)
                .or(() -> Optional.ofNullable(request.getHeader(API_KEY)).map(String::trim));
    }

    /** Whether the caller says who it is, rightly or not. */
    static boolean isSaid(HttpServletRequest request) {
        return request.getHeader("Authorization") != null || request.getHeader(API_KEY) != null;
    }
}
