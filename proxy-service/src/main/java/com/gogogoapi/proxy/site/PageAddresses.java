package com.gogogoapi.proxy.site;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.UrlHandlerFilter;

/** A page's address with a slash too many, as a router in a browser or a hurried hand makes it, leads to the page. */
@Configuration(proxyBeanMethods = false)
class PageAddresses {

    @Bean
    FilterRegistrationBean<UrlHandlerFilter> slashesTooMany() {
        var filter = UrlHandlerFilter.trailingSlashHandler(
                        "/dashboard/**", "/operator/**", "/docs/**", "/pricing/**", "/status/**", "/sign-in/**")
                .redirect(HttpStatus.PERMANENT_REDIRECT)
                .build();
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.LOWEST_PRECEDENCE - 10);
        return registration;
    }
}
