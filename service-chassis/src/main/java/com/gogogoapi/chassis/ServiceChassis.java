package com.gogogoapi.chassis;

import com.gogogoapi.chassis.authentication.ServiceAuthenticationConfiguration;
import com.gogogoapi.chassis.errors.ApiErrorAdvice;
import com.gogogoapi.chassis.installation.InstallationProperties;
import com.gogogoapi.chassis.kafka.KafkaConfiguration;
import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.chassis.tomcat.TomcatConfiguration;
import com.gogogoapi.contracts.version.BuildVersion;
import java.time.Clock;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/**
 * What a service imports to be one of ours: {@code @Import(ServiceChassis.class)} beside its
 * {@code @SpringBootApplication}.
 *
 * <p>It expects the properties of {@link InstallationProperties}, {@code spring.application.name}, and in
 * {@code gogogoapi.required-settings} the names of all that the service must be told.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InstallationProperties.class)
@PropertySource("classpath:com/gogogoapi/chassis/defaults.properties")
@Import({
    ApiErrorAdvice.class,
    RequestIdFilter.class,
    ServiceAuthenticationConfiguration.class,
    KafkaConfiguration.class,
    TomcatConfiguration.class
})
public class ServiceChassis {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Which version runs, on {@code /actuator/info}. */
    @Bean
    InfoContributor version() {
        return info -> info.withDetail("version", BuildVersion.text());
    }
}
