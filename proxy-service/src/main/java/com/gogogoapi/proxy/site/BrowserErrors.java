package com.gogogoapi.proxy.site;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.services.ServiceRefusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * A person whose browser opens an address and meets an error is shown a page; a program, and whoever calls the API with whatever
 * it is, gets the same error as JSON. Which it is, is said by {@code Accept}: browsers name HTML where they open an address,
 * and scripts and SDKs do not.
 */
@Component
class BrowserErrors extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(BrowserErrors.class);

    private static final Pattern OF_PROGRAMS = Pattern.compile("/(api|v1|beta)(/.*)?");
    private static final int FIRST_ERROR = 400;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int FIRST_OF_OURS = 500;

    /** Where even the pages are away. */
    private static final byte[] WITHOUT_PAGES = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark"><title>gogogoapi does not answer</title></head>
            <body><main><h1>This does not answer at the moment</h1>
            <p>Nothing was charged. Try again in a minute.</p></main></body></html>
            """.getBytes(StandardCharsets.UTF_8);

    private final SitePages pages;

    BrowserErrors(SitePages pages) {
        this.pages = pages;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var accepts = request.getHeader("Accept");
        return accepts == null
                || !accepts.contains("text/html")
                || OF_PROGRAMS.matcher(request.getRequestURI()).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var kept = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, kept);
        if (kept.getStatus() >= FIRST_ERROR && isNoPage(kept)) {
            kept.resetBuffer();
            show(page(kept.getStatus(), request), kept);
        }
        kept.copyBodyToResponse();
    }

    private static boolean isNoPage(HttpServletResponse response) {
        var type = response.getContentType();
        return type == null || !type.startsWith("text/html");
    }

    private ResponseEntity<byte[]> page(int status, HttpServletRequest request) {
        try {
            return pages.error(name(status), status, request);
        } catch (ApiError | ServiceRefusal e) {
            log.debug("the page of an error cannot be had", e);
            return ResponseEntity.status(status)
                    .header("Content-Type", "text/html;charset=UTF-8")
                    .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                    .body(WITHOUT_PAGES);
        }
    }

    private static String name(int status) {
        return switch (status) {
            case NOT_FOUND -> "not-found";
            case TOO_MANY -> "too-often";
            default -> status < FIRST_OF_OURS ? "wrong" : "away";
        };
    }

    private static void show(ResponseEntity<byte[]> page, HttpServletResponse response) throws IOException {
        page.getHeaders().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
        var body = page.getBody();
        if (body != null) {
            response.getOutputStream().write(body);
        }
    }
}
