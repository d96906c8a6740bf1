package com.gogogoapi.proxy.access;

import com.gogogoapi.proxy.keys.Authentication;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Checks every route, once it is known to be asked for something that there is. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration implements WebMvcConfigurer {

    private static final int AFTER_PARAMETERS = 1;

    private final Authentication authentication;

    AccessConfiguration(Authentication authentication) {
        this.authentication = authentication;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new AccessCheck(authentication)).order(AFTER_PARAMETERS);
    }
}
