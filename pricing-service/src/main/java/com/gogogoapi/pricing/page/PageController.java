package com.gogogoapi.pricing.page;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.pricing.api.Caching;
import com.gogogoapi.pricing.book.PriceBook;
import com.gogogoapi.pricing.page.view.ChangeFeed;
import com.gogogoapi.pricing.page.view.Estimate;
import com.gogogoapi.pricing.page.view.PricingPage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page, the page with an estimate on it, and the feed. The proxy serves them to the public. */
@RestController
class PageController {

    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);
    private static final MediaType ATOM = new MediaType("application", "atom+xml", StandardCharsets.UTF_8);
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final PriceBook book;
    private final PageTemplates templates;
    private final Clock clock;

    PageController(PriceBook book, PageTemplates templates, Clock clock) {
        this.book = book;
        this.templates = templates;
        this.clock = clock;
    }

    @GetMapping("/internal/pricing-page")
    ResponseEntity<byte[]> page() {
        var now = clock.instant();
        var routes = book.routes();
        var html = templates.html(PricingPage.of(routes, Estimate.NONE, now));
        return html(html, Caching.until(routes, now));
    }

    /** With what a visitor asked and the quote-service answered. */
    @PostMapping("/internal/pricing-page")
    ResponseEntity<byte[]> pageWithEstimate(@RequestBody byte[] json) {
        if (json.length > MAX_BODY_BYTES) {
            throw ApiError.bodyTooLarge(MAX_BODY_BYTES);
        }
        JsonNode estimate;
        try {
            estimate = JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            throw ApiError.invalidRequest(null, "The body must be valid JSON.");
        }
        var page = PricingPage.of(book.routes(), Estimate.of(estimate), clock.instant());
        return html(templates.html(page), CacheControl.noStore());
    }

    private ResponseEntity<byte[]> html(String html, CacheControl rule) {
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(rule)
                .eTag(Caching.tag(html))
                .header("Content-Security-Policy", templates.securityPolicy())
                .body(html.getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/internal/pricing-feed")
    ResponseEntity<byte[]> feed() {
        var routes = book.routes();
        var atom = templates.atom(ChangeFeed.of(routes));
        return ResponseEntity.ok()
                .contentType(ATOM)
                .cacheControl(Caching.until(routes, clock.instant()))
                .eTag(Caching.tag(atom))
                .body(atom.getBytes(StandardCharsets.UTF_8));
    }
}
