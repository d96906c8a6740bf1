package com.gogogoapi.chassis.requestid;

import com.gogogoapi.contracts.identity.TimeOrderedIds;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every request an id of our own making (never the caller's, which could forge another's), puts it on the answer
 * as {@code x-request-id} and on every log line, together with the service's name: in a standalone all services share
 * one log.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public class RequestIdFilter extends OncePerRequestFilter {

    public static final String HEADER = "x-request-id";

    private static final String ATTRIBUTE = RequestIdFilter.class.getName();

    private final String serviceName;

    public RequestIdFilter(@Value("${spring.application.name}") String serviceName) {
        this.serviceName = serviceName;
    }

    /** The id of this request. */
    public static UUID of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof UUID id) {
            return id;
        }
        throw new IllegalStateException("The request must have passed the request id filter.");
    }

    /** From here on this is its id, also on its answer; the log goes on with the one that it had. */
    public static void rename(HttpServletRequest request, HttpServletResponse response, UUID id) {
        request.setAttribute(ATTRIBUTE, id);
        response.setHeader(HEADER, id.toString());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var id = TimeOrderedIds.next();
        request.setAttribute(ATTRIBUTE, id);
        response.setHeader(HEADER, id.toString());
        try (var service = MDC.putCloseable("service", serviceName);
                var requestId = MDC.putCloseable("request_id", id.toString())) {
            chain.doFilter(request, response);
        }
    }
}
