package com.gogogoapi.chassis.authentication;

import com.gogogoapi.chassis.installation.InstallationProperties;
import com.gogogoapi.contracts.identity.ServiceTokens;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Guards {@code /internal/*} of every service and offers the tokens to call another's. */
@Configuration(proxyBeanMethods = false)
public class ServiceAuthenticationConfiguration {

    @Bean
    ServiceTokens serviceTokens(InstallationProperties installation, Clock clock) {
        return new ServiceTokens(installation.internalSecret(), clock);
    }

    @Bean
    FilterRegistrationBean<ServiceAuthentication> serviceAuthentication(
            ServiceTokens tokens, @Value("${spring.application.name}") String serviceName) {
        var registration = new FilterRegistrationBean<>(new ServiceAuthentication(tokens, serviceName));
        registration.addUrlPatterns("/internal/*");
        registration.setOrder(ServiceAuthentication.ORDER);
        return registration;
    }
}
