package com.gogogoapi.proxy.access;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.access.RouteRules.Rule;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.keys.Caller;
import com.gogogoapi.proxy.keys.Operator;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Lets through to a route whom {@link RouteRules} lets call it, and tells the route who it is. Which account is called is no
 * question: a key's is its own, and an operator acts for any. What within the account a member may touch, the service decides
 * that has it.
 */
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
        var rule = RouteRules.of(route(request.getMethod(), pattern))
                .orElseThrow(() -> ApiError.other(
                        403, "permission_error", "role_not_allowed", "This route has no rule of who may call it."));
        if (rule.key() != RouteRules.Key.NONE) {
            var caller = caller(request, rule);
            requireRole(caller, rule.who());
            if (rule.stepUp()) {
                authentication.requireRecent(caller);
            }
            caller.makes(request);
        } else if (rule.stepUp()) {
            authentication.requireRecent(request);
        } else if (!rule.who().contains(Who.EVERYBODY)) {
            var operator = authentication.operator(request);
            requireRole(operator, rule.who());
            operator.makes(request);
        }
    }

    private Caller caller(HttpServletRequest request, Rule rule) {
        return switch (rule.key()) {
            case CALLS -> authentication.caller(request);
            case QUOTES -> authentication.mayQuote(request);
            case MANAGES -> authentication.manager(request);
            case ANY, NONE -> authentication.anyCaller(request);
        };
    }

    /** As {@link RouteRules} has it. */
    static String route(String method, String pattern) {
        var path = pattern.startsWith("/api/v1/")
                ? pattern.substring("/api/v1".length())
                : pattern.startsWith("/v1/") ? pattern.substring("/v1".length()) : pattern;
        return (method.equals("HEAD") ? "GET" : method) + " " + path;
    }

    private static void requireRole(Caller caller, Set<Who> allowed) {
        if (allowed.stream().noneMatch(who -> who.is(caller))) {
            throw ApiError.other(
                    403,
                    "permission_error",
                    "role_not_allowed",
                    "The caller must be one of " + written(allowed) + "; this key's member is "
                            + (caller.role() == null
                                    ? caller.member() == null ? "nobody: it is the account's own" : "none any more"
                                    : caller.role().written())
                            + ".");
        }
    }

    private static String written(Set<Who> allowed) {
        return allowed.stream().map(Who::written).collect(Collectors.joining(", "));
    }

    private static void requireRole(Operator operator, Set<Who> allowed) {
        if (allowed.stream().noneMatch(who -> who.is(operator))) {
            throw ApiError.other(
                    403,
                    "permission_error",
                    "operator_role_not_allowed",
                    allowed.equals(Set.of(Who.INSTALLATION))
                            ? "The token must be the installation's operator token."
                            : "The operator must have one of the roles " + written(allowed) + "; " + operator.name()
                                    + " has none of them.");
        }
    }
}
