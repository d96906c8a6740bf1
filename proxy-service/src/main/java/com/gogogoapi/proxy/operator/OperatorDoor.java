package com.gogogoapi.proxy.operator;

import com.gogogoapi.chassis.errors.ApiError;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Stream;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Where the operator routes have a port of their own, they and the console are there alone, and nothing else is. It goes by the route that
 * was found, not by the address as it was written, which can be written in many ways.
 */
@Configuration(proxyBeanMethods = false)
class OperatorDoor implements WebMvcConfigurer, HandlerInterceptor {

    private final OperatorConnector connector;

    OperatorDoor(OperatorConnector connector) {
        this.connector = connector;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        if (connector.isThere()) {
            registry.addInterceptor(this).order(Integer.MIN_VALUE);
        }
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var isAsked = request.getDispatcherType() == DispatcherType.REQUEST;
        if (isAsked && isOperators(request) != (request.getLocalPort() == connector.port())) {
            throw ApiError.notFound("There is nothing at this address.");
        }
        return true;
    }

    private static boolean isOperators(HttpServletRequest request) {
        var route = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        return route.equals("/operator")
                || Stream.of("/operator/", "/v1/operator/", "/api/v1/operator/").anyMatch(route::startsWith);
    }
}
