package com.gogogoapi.proxy.parameters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.chassis.errors.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLDecoder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a query parameter that the route does not know, or that is given twice. It reads the address alone: to ask for a
 * request's parameters would read a body that claims to be a form.
 */
final class QueryParametersCheck implements HandlerInterceptor {

    private static final String OURS = "com.gogogoapi.";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OURS)) {
            check(request.getQueryString(), method.getMethodAnnotation(QueryParameters.class));
        }
        return true;
    }

    /** @throws ApiError 400 that names the parameter */
    static void check(@Nullable String query, @Nullable QueryParameters known) {
        if (query == null || query.isEmpty()) {
            return;
        }
        var names = known == null ? Set.<String>of() : Set.of(known.value());
        var seen = new HashSet<String>();
        for (var pair : query.split("&")) {
            var name = decoded(pair.split("=", 2)[0]);
            if (names.contains(name) && !seen.add(name)) {
                throw ApiError.invalidRequest(name, name + " must be given once.");
            }
            if (!names.contains(name) && !name.isEmpty() && (known == null || !known.ignoresOthers())) {
                throw unknown(ApiError.printable(name), names.stream().sorted().toList());
            }
        }
    }

    private static ApiError unknown(String name, List<String> known) {
        return ApiError.invalidRequest(
                name,
                name + " must be "
                        + (known.isEmpty()
                                ? "left out: this route takes no parameters."
                                : "one of the known parameters: " + String.join(", ", known) + "."));
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidRequest(null, "The address must have a well-formed query.");
        }
    }
}
