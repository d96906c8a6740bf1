package com.gogogoapi.proxy.site;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.parameters.QueryParameters;
import com.gogogoapi.proxy.rates.CallRates;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The front page and the dashboard, for whoever looks; what the dashboard shows, the public API is asked for. */
@RestController
class SiteController {

    private static final String GUIDE_FORM = "[a-z]{1,50}";
    private static final String FILE_FORM = "[A-Za-z0-9_-]{1,100}\\.[a-z0-9]{1,10}";

    private final SitePages pages;
    private final CallRates rates;

    SiteController(SitePages pages, CallRates rates) {
        this.pages = pages;
        this.rates = rates;
    }

    /** For browsers; a program that has lost its path is told so, as at any other address that is none. */
    @GetMapping("/")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> front(HttpServletRequest request) {
        var accepts = request.getHeader("Accept");
        if (accepts == null || !accepts.contains("text/html")) {
            throw ApiError.notFound("There is no such route: GET /");
        }
        return page("index", request);
    }

    /** The reference and the list of guides. */
    @GetMapping("/docs")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> docs(HttpServletRequest request) {
        return page("docs", request);
    }

    @GetMapping("/docs/{guide}")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> guide(@PathVariable String guide, HttpServletRequest request) {
        if (!guide.matches(GUIDE_FORM)) {
            throw ApiError.notFound("There is no such page.");
        }
        return page("docs-" + guide, request);
    }

    /** What works now, as the reader's browser finds it. */
    @GetMapping("/status")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> status(HttpServletRequest request) {
        return page("status", request);
    }

    /** What the link of an invitation opens. */
    @GetMapping("/invitation")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> invitation(HttpServletRequest request) {
        return page("invitation", request);
    }

    @GetMapping("/dashboard")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> dashboard(HttpServletRequest request) {
        return page("dashboard", request);
    }

    @GetMapping("/dashboard/{page}")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> dashboardPage(HttpServletRequest request) {
        return page("dashboard", request);
    }

    @GetMapping("/dashboard/{page}/{item}")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> dashboardItem(HttpServletRequest request) {
        return page("dashboard", request);
    }

    @GetMapping("/assets/{file}")
    @QueryParameters(ignoresOthers = true)
    ResponseEntity<byte[]> asset(@PathVariable String file, HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        if (!file.matches(FILE_FORM)) {
            throw ApiError.notFound("There is no such file.");
        }
        return pages.asset(file, request);
    }

    private ResponseEntity<byte[]> page(String name, HttpServletRequest request) {
        rates.requirePublicRead(request.getRemoteAddr());
        return pages.page(name, request);
    }
}
