package com.gogogoapi.proxy.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.rates.CallRates;
import com.gogogoapi.proxy.rates.ClientNetwork;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.ServiceRefusal;
import com.gogogoapi.proxy.session.FromBrowser;
import com.gogogoapi.proxy.session.SessionCookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signing in with the provider that the operator configured (OpenID Connect): there, and back with what it gave the browser. Only
 * the browser that went there comes back: it has the attempt's state in a cookie, so that nobody is signed in as somebody else by
 * being sent to an address.
 */
@RestController
class ProviderSignInController {

    private static final String STATE_COOKIE = "__Host-gogogoapi-state";
    private static final Duration STATE_LASTS = Duration.ofMinutes(10);
    private static final String STATE = "state";
    private static final String CODE = "code";
    private static final int MAX_CODE_CHARS = 2_000;
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 422;

    private final SitePages pages;
    private final InstallationServices services;
    private final CallRates rates;

    ProviderSignInController(SitePages pages, InstallationServices services, CallRates rates) {
        this.pages = pages;
        this.services = services;
        this.rates = rates;
    }

    /** To the provider. */
    @GetMapping("/sign-in/provider")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> go(HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        try {
            var begun = send(
                    "/internal/sign-in/provider",
                    Map.of("network", ClientNetwork.of(request.getRemoteAddr())),
                    request);
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .location(URI.create(begun.path("location").asString()))
                    .cacheControl(CacheControl.noStore())
                    .header(HttpHeaders.SET_COOKIE, cookie(begun.path(STATE).asString(), STATE_LASTS))
                    .build();
        } catch (ServiceRefusal refusal) {
            return refusal.status() == NOT_FOUND
                    ? pages.page("not-found", NOT_FOUND, request)
                    : pages.page("sign-in-provider-failed", refusal.status(), request);
        }
    }

    /** And back. */
    @GetMapping("/sign-in/provider/callback")
    @QueryParameters(
            value = {CODE, STATE},
            ignoresOthers = true)
    ResponseEntity<byte[]> back(HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        var state = request.getParameter(STATE);
        var code = request.getParameter(CODE);
        if (state == null || !isThisBrowsers(state, request)) {
            return failed("sign-in-provider-failed", BAD_REQUEST, request);
        }
        if (code == null || code.isBlank() || code.length() > MAX_CODE_CHARS) {
            // Who changed his mind there, or was refused, has none.
            return failed("sign-in-provider-failed", CONFLICT, request);
        }
        var body = new LinkedHashMap<String, String>(Map.of(STATE, state, CODE, code));
        FromBrowser.describe(request, body);
        try {
            var begun = send("/internal/sign-in/provider-sessions", body, request);
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .location(URI.create("/dashboard"))
                    .cacheControl(CacheControl.noStore())
                    .header(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO))
                    .header(
                            HttpHeaders.SET_COOKIE,
                            SessionCookie.set(begun.path("session_token").asString()))
                    .build();
        } catch (ServiceRefusal refusal) {
            return failed(
                    codeOf(refusal).equals("nobody_of_that_address") ? "sign-in-nobody" : "sign-in-provider-failed",
                    refusal.status(),
                    request);
        }
    }

    private static boolean isThisBrowsers(String state, HttpServletRequest request) {
        var cookies = request.getCookies();
        return cookies != null
                && Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(STATE_COOKIE))
                        .anyMatch(cookie ->
                                MessageDigest.isEqual(cookie.getValue().getBytes(UTF_8), state.getBytes(UTF_8)));
    }

    /** Whatever came of it, the attempt is over. */
    private ResponseEntity<byte[]> failed(String page, int status, HttpServletRequest request) {
        var answer = pages.page(page, status, request);
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO))
                .body(answer.getBody());
    }

    /** Lax: the provider sends the browser back by a link, as another site. */
    private static String cookie(String state, Duration lasts) {
        return ResponseCookie.from(STATE_COOKIE, state)
                .path("/")
                .secure(true)
                .httpOnly(true)
                .sameSite("Lax")
                .maxAge(lasts)
                .build()
                .toString();
    }

    private JsonNode send(String path, Map<String, String> body, HttpServletRequest request) {
        return JsonMapper.shared()
                .readTree(services.post(
                                Service.ACCOUNT,
                                path,
                                FromBrowser.headers(request),
                                JsonMapper.shared().writeValueAsBytes(body))
                        .body());
    }

    private static String codeOf(ServiceRefusal refusal) {
        return JsonMapper.shared()
                .readTree(refusal.body())
                .path("error")
                .path("code")
                .asString();
    }
}
