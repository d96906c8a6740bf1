package com.gogogoapi.proxy.protocol.messages;

import com.gogogoapi.chassis.errors.ErrorForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Also who is refused before a route is reached reads the error in the form of the route. */
@Configuration(proxyBeanMethods = false)
class MessagesErrorForm implements WebMvcConfigurer, HandlerInterceptor {

    private static final int BEFORE_ALL_CHECKS = -1;

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this)
                .order(BEFORE_ALL_CHECKS)
                .addPathPatterns("/v1/messages/**", "/api/v1/messages/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        ErrorForm.use(request, MessagesErrors.of(request));
        return true;
    }
}
