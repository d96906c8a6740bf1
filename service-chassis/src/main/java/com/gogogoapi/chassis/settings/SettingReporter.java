package com.gogogoapi.chassis.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in one line why a service did not start where a setting is to blame: whose fault it is needs no trace of the stack. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class SettingReporter implements SpringBootExceptionReporter {

    /** As the framework makes it. */
    public SettingReporter(@Nullable ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        var reason = reason(failure);
        if (reason != null) {
            System.err.println("The service did not start: " + reason);
        }
        return reason != null;
    }

    private static @Nullable String reason(Throwable failure) {
        var isBinding = false;
        var root = failure;
        for (Throwable next = failure; next != null; next = next.getCause()) {
            isBinding |= next instanceof ConfigurationPropertiesBindException || next instanceof SettingException;
            root = next;
        }
        return isBinding && root instanceof IllegalArgumentException ? root.getMessage() : null;
    }
}
