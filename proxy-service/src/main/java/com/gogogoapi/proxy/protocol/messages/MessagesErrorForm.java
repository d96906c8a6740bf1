package com.gogogoapi.proxy.protocol.messages;

import com.gogogoapi.chassis.errors.ErrorForm;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Who calls Messages reads errors in their form, also one who is refused before a route is reached, or reaches none; and so
 * does a client of Anthropic's that asks for the models.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class MessagesErrorForm extends OncePerRequestFilter {

    private static final Pattern MESSAGES = Pattern.compile("(?:/api)?/v1/messages(?:/.*)?");
    private static final Pattern MODELS = Pattern.compile("(?:/api)?/v1/models(?:/.*)?");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var path = request.getRequestURI();
        if (MESSAGES.matcher(path).matches() || MODELS.matcher(path).matches() && AnthropicClient.isThere(request)) {
            ErrorForm.use(request, MessagesErrors.of(request));
        }
        chain.doFilter(request, response);
    }
}
