package com.gogogoapi.proxy.session;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.access.CheckedText;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;

/**
 * Tells requests of our own pages from those that another site's page makes a browser send (CSRF). What a browser says of
 * itself is asked first; beyond that, a request that changes something with a session names a token that only a page which
 * reads our answers can have: it is made of the session's, so that nothing is kept for it.
 */
public final class OwnPages {

    static final String CSRF_TOKEN = "X-CSRF-Token";

    private static final Set<String> OURS = Set.of("same-origin", "none");

    private OwnPages() {}

    /** @throws ApiError 403 for a request that another site's page made */
    public static void requireNoOther(HttpServletRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        var origin = request.getHeader("Origin");
        var isOurs = site == null ? origin == null || isThisHost(origin, request) : OURS.contains(site);
        if (!isOurs) {
            throw refusal("The caller must be a page of this origin.");
        }
    }

    /** Whatever scheme a proxy in front has taken off, the name is the same. */
    private static boolean isThisHost(String origin, HttpServletRequest request) {
        try {
            var authority = new URI(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(request.getHeader("Host"));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** @throws ApiError as above, or without the token that belongs to the session's */
    public static void requireToken(HttpServletRequest request, String sessionToken) {
        requireNoOther(request);
        var said = request.getHeader(CSRF_TOKEN);
        if (said == null || !MessageDigest.isEqual(bytes(said), bytes(token(sessionToken)))) {
            throw refusal("A request that changes something must have the session's csrf_token in " + CSRF_TOKEN + ".");
        }
    }

    /** The token of the session that a page of ours changes something with. @throws ApiError as above, 404 without a session */
    static String requireSession(HttpServletRequest request) {
        var token = SessionCookie.of(request)
                .orElseThrow(
                        () -> ApiError.notFound("There must be a session: nobody is signed in with this browser."));
        requireToken(request, token);
        return token;
    }

    /** What a page has to send of the session of that token. */
    public static String token(String sessionToken) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(CheckedText.sha256("csrf " + sessionToken));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ApiError refusal(String message) {
        return ApiError.other(403, "permission_error", "csrf_token_invalid", message);
    }
}
