package com.gogogoapi.proxy.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/**
 * The cookie by which an operator's browser is known: another one than a member's, gone with the browser's end, and brought along
 * by requests of pages of this site alone.
 */
final class OperatorCookie {

    static final String NAME = "__Host-gogogoapi-operator";

    /** Until the browser ends. */
    private static final Duration OF_THE_BROWSER = Duration.ofSeconds(-1);

    private OperatorCookie() {}

    /** The token that a request comes with. */
    static Optional<String> of(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, NAME))
                .map(OperatorCookie::valueOf)
                .filter(value -> !value.isEmpty());
    }

    private static String valueOf(Cookie cookie) {
        @Nullable String value = cookie.getValue();
        return value == null ? "" : value;
    }

    /** As an answer sets it. */
    static String set(String token) {
        return written(token, OF_THE_BROWSER);
    }

    /** As an answer takes it away. */
    static String clear() {
        return written("", Duration.ZERO);
    }

    private static String written(String token, Duration lasts) {
        return ResponseCookie.from(NAME, token)
                .path("/")
                .secure(true)
                .httpOnly(true)
                .sameSite("Strict")
                .maxAge(lasts)
                .build()
                .toString();
    }
}
