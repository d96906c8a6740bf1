package com.gogogoapi.proxy.access;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.keys.Operator;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Lets through to a route whom {@link RouteRules} lets call it, and tells the route who it is. */
final class AccessCheck implements HandlerInterceptor {

    private static final String OURS = "com.gogogoapi.proxy.";

    private final Authentication authentication;

    AccessCheck(Authentication authentication) {
        this.authentication = authentication;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST && isOurs(handler)) {
            check(request);
        }
        return true;
    }

    static boolean isOurs(Object handler) {
        return handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OURS);
    }

    private void check(HttpServletRequest request) {
        var pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        var allowed = RouteRules.of(route(request.getMethod(), pattern));
        if (allowed.isEmpty() && pattern.contains("/operator/")) {
            throw new IllegalStateException(pattern + " must have a rule of who may call it.");
        }
        if (allowed.isPresent() && allowed.get().stream().allMatch(Who::isOperator)) {
            var operator = authentication.operator(request);
            requireRole(operator, allowed.get());
            operator.makes(request);
        }
    }

    /** As {@link RouteRules} has it. */
    static String route(String method, String pattern) {
        return (method.equals("HEAD") ? "GET" : method) + " " + pattern.replaceFirst("^(/api)?/v1(?=/)", "");
    }

    private static void requireRole(Operator operator, Set<Who> allowed) {
        if (allowed.stream().noneMatch(who -> who.is(operator))) {
            throw ApiError.other(
                    403,
                    "permission_error",
                    "operator_role_not_allowed",
                    allowed.equals(Set.of(Who.INSTALLATION))
                            ? "The token must be the installation's operator token."
                            : "The operator must have one of the roles "
                                    + allowed.stream().map(Who::written).collect(Collectors.joining(", ")) + "; "
                                    + operator.name() + " has none of them.");
        }
    }
}
