package com.gogogoapi.proxy;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where and how operators come in ({@code gogogoapi.proxy.operator.*}).
 *
 * @param port where the operator routes are, and nothing else; without it they are where all others are
 * @param address of that port, such as {@code 127.0.0.1}; without it every address of the machine
 * @param failuresPerMinute how many wrong tokens one address may send in a minute before it is held off
 */
@ConfigurationProperties("gogogoapi.proxy.operator")
public record OperatorProperties(
        @Nullable Integer port,
        @Nullable String address,
        @DefaultValue("10") int failuresPerMinute) {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_FAILURES = 10_000;

    public OperatorProperties {
        if (port != null && (port < 0 || port > MAX_PORT)) {
            throw new IllegalArgumentException("gogogoapi.proxy.operator.port must be from 0 to " + MAX_PORT + ".");
        }
        if (address != null && port == null) {
            throw new IllegalArgumentException(
                    "gogogoapi.proxy.operator.port must be given where gogogoapi.proxy.operator.address is.");
        }
        if (failuresPerMinute < 1 || failuresPerMinute > MAX_FAILURES) {
            throw new IllegalArgumentException(
                    "gogogoapi.proxy.operator.failures-per-minute must be from 1 to " + MAX_FAILURES + ".");
        }
    }
}
