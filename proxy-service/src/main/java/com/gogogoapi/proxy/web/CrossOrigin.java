package com.gogogoapi.proxy.web;

import com.gogogoapi.chassis.errors.ApiError;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which pages may call this: of any origin, what a key opens, since a page that has the key could have it used from anywhere.
 * A session's cookie is for pages of ours alone, so that another one gets nowhere without a key. Operators' routes are for no other origin's pages.
 *
 * <p>A browser asks before it sends a header of an SDK's; it is answered here, without a key, and nobody else hears of it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class CrossOrigin extends OncePerRequestFilter {

    private static final ApiError REFUSAL = ApiError.other(
            403, "invalid_request_error", "origin_not_allowed", "The caller must not be a page of another origin.");

    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String USUAL_HEADERS = "authorization, content-type";
    private static final String A_DAY_SECONDS = "86400";

    /** SDKs send many of their own ({@code x-stainless-…}), and more with each version: all that a browser can ask for. */
    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9_-]+(?: *, *[A-Za-z0-9_-]+)*");

    private static final int MAX_HEADER_NAMES_CHARS = 4_096;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var isAllowed = ClientAddress.isForEveryOrigin(request.getRequestURI());
        if (isAllowed) {
            // Also where no origin is said: what is kept by a cache would lack it for those that are.
            response.setHeader("Access-Control-Allow-Origin", "*");
            response.setHeader("Access-Control-Expose-Headers", "*");
        }
        if (!CorsUtils.isPreFlightRequest(request)) {
            chain.doFilter(request, response);
        } else if (isAllowed) {
            allow(request, response);
        } else {
            response.setStatus(REFUSAL.status());
            response.setContentType("application/json");
            response.getOutputStream().write(JsonMapper.shared().writeValueAsBytes(REFUSAL.body()));
        }
    }

    private static void allow(HttpServletRequest request, HttpServletResponse response) {
        var asked = request.getHeader("Access-Control-Request-Headers");
        var isReadable = asked != null
                && asked.length() <= MAX_HEADER_NAMES_CHARS
                && HEADER_NAMES.matcher(asked).matches();
        response.setHeader("Access-Control-Allow-Methods", METHODS);
        response.setHeader("Access-Control-Allow-Headers", isReadable ? asked : USUAL_HEADERS);
        response.setHeader("Access-Control-Max-Age", A_DAY_SECONDS);
        response.setHeader("Vary", "Access-Control-Request-Headers");
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
