package com.gogogoapi.pricing.page;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.pricing.api.Caching;
import com.gogogoapi.pricing.book.PriceBook;
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
    private final PricingPage page;
    private final Clock clock;

    PageController(PriceBook book, PricingPage page, Clock clock) {
        this.book = book;
        this.page = page;
        this.clock = clock;
    }

    @GetMapping("/internal/pricing-page")
    ResponseEntity<byte[]> page() {
        var now = clock.instant();
        var routes = book.routes();
        var html = page.html(routes, Estimate.NONE, now);
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
            throw ApiError.invalidRequest(null, "The body is not valid JSON.");
        }
        return html(page.html(book.routes(), Estimate.of(estimate), clock.instant()), CacheControl.noStore());
    }

    private ResponseEntity<byte[]> html(String html, CacheControl rule) {
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(rule)
                .eTag(Caching.tag(html))
                .header("Content-Security-Policy", page.securityPolicy())
                .body(html.getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/internal/pricing-feed")
    ResponseEntity<byte[]> feed() {
        var routes = book.routes();
        var atom = ChangeFeed.atom(routes);
        return ResponseEntity.ok()
                .contentType(ATOM)
                .cacheControl(Caching.until(routes, clock.instant()))
                .eTag(Caching.tag(atom))
                .body(atom.getBytes(StandardCharsets.UTF_8));
    }
}
