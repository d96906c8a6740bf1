package com.gogogoapi.proxy.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Has every request go on to the address that is meant, before anybody looks at which route it is for. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class ClientAddressFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var came = request.getRequestURI();
        var meant = ClientAddress.meant(came);
        chain.doFilter(meant.equals(came) ? request : new Meant(request, meant), response);
    }

    private static final class Meant extends HttpServletRequestWrapper {

        private final String path;

        Meant(HttpServletRequest request, String path) {
            super(request);
            this.path = path;
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        /** Of the one servlet that there is, which has all paths. */
        @Override
        public String getServletPath() {
            return path;
        }
    }
}
