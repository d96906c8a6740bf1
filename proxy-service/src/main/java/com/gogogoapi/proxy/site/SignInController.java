package com.gogogoapi.proxy.site;

import com.gogogoapi.proxy.keys.FailedGuesses;
import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.rates.CallRates;
import com.gogogoapi.proxy.rates.ClientNetwork;
import com.gogogoapi.proxy.services.InstallationServices;
import com.gogogoapi.proxy.services.InstallationServices.Service;
import com.gogogoapi.proxy.services.InstallationServices.ServiceResponse;
import com.gogogoapi.proxy.services.ServiceRefusal;
import com.gogogoapi.proxy.session.FromBrowser;
import com.gogogoapi.proxy.session.OwnPages;
import com.gogogoapi.proxy.session.SessionCookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signing in by e-mail, in pages that need no script. Looking at a link does nothing, since mail scanners do; the button on its
 * page does. Whether anybody has an address, no answer tells.
 */
@RestController
class SignInController {

    private static final int GUESSES_PER_MINUTE = 20;
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int NO_SUCH_LINK = 404;

    private final SitePages pages;
    private final InstallationServices services;
    private final CallRates rates;
    private final FailedGuesses guesses;

    SignInController(SitePages pages, InstallationServices services, CallRates rates, Clock clock) {
        this.pages = pages;
        this.services = services;
        this.rates = rates;
        this.guesses = new FailedGuesses(GUESSES_PER_MINUTE, clock);
    }

    @GetMapping("/sign-in")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> form(HttpServletRequest request) {
        return page("sign-in", request);
    }

    @GetMapping("/sign-in/sent")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> sent(HttpServletRequest request) {
        return page("sign-in-sent", request);
    }

    @GetMapping("/sign-in/link")
    @QueryParameters(value = "token", ignoresOthers = true)
    ResponseEntity<byte[]> link(HttpServletRequest request) {
        return page("sign-in-link", request);
    }

    private ResponseEntity<byte[]> page(String name, HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        return pages.page(name, request);
    }

    /** Of a form: {@code email}. */
    @PostMapping("/sign-in")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> ask(HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        OwnPages.requireNoOther(request);
        try {
            send(
                    "/internal/sign-in/links",
                    Map.of("email", said(request, "email"), "network", ClientNetwork.of(request.getRemoteAddr())),
                    request);
        } catch (ServiceRefusal refusal) {
            return pages.page(
                    refusal.status() == TOO_MANY ? "sign-in-wait" : "sign-in-address", refusal.status(), request);
        }
        return seeOther("/sign-in/sent", null);
    }

    /** The button of a link's page, whose address is the link's. */
    @PostMapping("/sign-in/link")
    @QueryParameters(value = "token", ignoresOthers = true)
    ResponseEntity<byte[]> use(HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        OwnPages.requireNoOther(request);
        if (guesses.heldFor(request.getRemoteAddr()).isPresent()) {
            return pages.page("sign-in-wait", TOO_MANY, request);
        }
        var token = said(request, "token");
        if (token.isEmpty()) {
            return pages.page("sign-in-over", GONE, request);
        }
        try {
            var body = new LinkedHashMap<String, String>();
            body.put("token", token);
            FromBrowser.describe(request, body);
            var begun = JsonMapper.shared()
                    .readTree(send("/internal/sign-in/sessions", body, request).body());
            return seeOther(
                    "/dashboard", SessionCookie.set(begun.path("session_token").asString()));
        } catch (ServiceRefusal refusal) {
            if (refusal.status() == NO_SUCH_LINK) {
                guesses.note(request.getRemoteAddr());
            }
            return pages.page("sign-in-over", GONE, request);
        }
    }

    private static String said(HttpServletRequest request, String name) {
        var value = request.getParameter(name);
        return value == null ? "" : value;
    }

    private ServiceResponse send(String path, Map<String, String> body, HttpServletRequest request) {
        return services.post(
                Service.ACCOUNT,
                path,
                FromBrowser.headers(request),
                JsonMapper.shared().writeValueAsBytes(body));
    }

    /** Only ever to pages of ours. */
    private static ResponseEntity<byte[]> seeOther(String path, @Nullable String cookie) {
        var answer = ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .cacheControl(CacheControl.noStore());
        return cookie == null
                ? answer.build()
                : answer.header(HttpHeaders.SET_COOKIE, cookie).build();
    }
}
