package com.gogogoapi.proxy.web;

import com.gogogoapi.chassis.errors.ApiError;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Pages of other origins cannot call this: a key in a page is no secret. The framework would say so in a form of its own. */
@Component
class PreflightRefusal extends OncePerRequestFilter {

    private static final ApiError REFUSAL = ApiError.other(
            403, "invalid_request_error", "origin_not_allowed", "The caller must not be a page of another origin.");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!CorsUtils.isPreFlightRequest(request)) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(REFUSAL.status());
        response.setContentType("application/json");
        response.getOutputStream().write(JsonMapper.shared().writeValueAsBytes(REFUSAL.body()));
    }
}
