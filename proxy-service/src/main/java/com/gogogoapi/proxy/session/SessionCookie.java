package com.gogogoapi.proxy.session;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.ResponseCookie;

/**
 * The cookie by which a browser is known. {@code __Host-} says that this origin alone set it, over https; browsers take it from
 * {@code http://localhost} too. Scripts do not see it, and no other site's request but a link that is followed brings it along.
 */
public final class SessionCookie {

    public static final String NAME = "__Host-gogogoapi";

    private static final Duration LASTS = Duration.ofDays(30);

    private SessionCookie() {}

    /** The token that a request comes with. */
    public static Optional<String> of(HttpServletRequest request) {
        var cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(NAME))
                        .map(Cookie::getValue)
                        .filter(value -> !value.isEmpty())
                        .findFirst();
    }

    /** As an answer sets it. */
    public static String set(String token) {
        return written(token, LASTS);
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
                .sameSite("Lax")
                .maxAge(lasts)
                .build()
                .toString();
    }
}
