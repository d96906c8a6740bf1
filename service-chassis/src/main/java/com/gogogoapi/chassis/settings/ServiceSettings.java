package com.gogogoapi.chassis.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Runs as soon as a service's settings are read. What it must be told is named in its own file under
 * {@value #REQUIRED}; whatever of it is missing is named at once, before anything can fail on it.
 */
public final class ServiceSettings implements EnvironmentPostProcessor, Ordered {

    static final String REQUIRED = "gogogoapi.required-settings";

    private static final Map<String, Object> DEFAULTS = Map.of(
            // Whoever is told a request's id finds by it what the service's own log says of the request.
            "logging.pattern.correlation", "[%X{request_id:--}] ",
            // Nobody sends forms with files, and parsing them is no more than a way to fail.
            "spring.servlet.multipart.enabled", "false",
            // Errors have one form; the framework's own page has another.
            "spring.autoconfigure.exclude",
                    "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration",
            // How long the next byte of a request may take.
            "server.tomcat.connection-timeout", "20s",
            // But not the next request: longer than our own clients keep a connection that is not used.
            "server.tomcat.keep-alive-timeout", "60s");

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var required = valuesOf(environment, REQUIRED);
        if (required.isEmpty()) {
            // Not one of our services.
            return;
        }
        environment.getPropertySources().addLast(new MapPropertySource("service-chassis", DEFAULTS));
        var missing = new ArrayList<String>();
        for (var name : required) {
            if (valuesOf(environment, name).stream().allMatch(String::isBlank)) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw new SettingException((missing.size() == 1 ? "The setting " : "The settings ")
                    + String.join(", ", missing) + " must be given.");
        }
    }

    /** However it is given: under whatever spelling, as one value or several. */
    private static List<String> valuesOf(ConfigurableEnvironment environment, String name) {
        var values = Binder.get(environment).bind(name, Bindable.listOf(String.class));
        return values.isBound() ? values.get() : List.of();
    }
}
