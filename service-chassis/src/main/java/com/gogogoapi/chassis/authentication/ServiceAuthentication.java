package com.gogogoapi.chassis.authentication;

import com.gogogoapi.contracts.identity.ServiceTokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses with 401 whoever does not carry a living token that another service made for this one. */
final class ServiceAuthentication extends OncePerRequestFilter {

    /** After the request id, before everything else. */
    static final int ORDER = -1000;

    private static final byte[] REFUSAL = """
            {"error":{"message":"The caller must be a service of this installation.","type":"authentication_error",\
            "param":null,"code":"invalid_service_token"}}""".getBytes(StandardCharsets.UTF_8);

    private final ServiceTokens tokens;
    private final String serviceName;

    ServiceAuthentication(ServiceTokens tokens, String serviceName) {
        this.tokens = tokens;
        this.serviceName = serviceName;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var header = request.getHeader("Authorization");
        var caller = header != null && header.startsWith("Bearer ")
                ? tokens.callerOf(header.substring("Bearer ".length()), serviceName)
                : java.util.Optional.<String>empty();
        if (caller.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setContentType("application/json");
            response.getOutputStream().write(REFUSAL);
            return;
        }
        chain.doFilter(request, response);
    }
}
