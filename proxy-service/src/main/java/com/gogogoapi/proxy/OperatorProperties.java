package com.gogogoapi.proxy;

import com.gogogoapi.evidence.signing.SigningKey;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where and how operators come in ({@code gogogoapi.proxy.operator.*}).
 *
 * @param port where the operator routes are, and nothing else; without it they are where all others are
 * @param address of that port, such as {@code 127.0.0.1}; without it every address of the machine
 * @param orderKey signs what operators order of the ledger: an Ed25519 key as {@link SigningKey} has it, whose public half the
 *     ledger trusts
 * @param failuresPerMinute how many wrong tokens one address may send in a minute before it is held off
 */
@ConfigurationProperties("gogogoapi.proxy.operator")
public record OperatorProperties(
        @Nullable Integer port,
        @Nullable String address,
        @DefaultValue("10") int failuresPerMinute,
        String orderKey) {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_FAILURES = 10_000;

    /** @throws IllegalArgumentException if it is none */
    public SigningKey signingKey() {
        return SigningKey.parse(orderKey);
    }

    @Override
    public String toString() {
        return "OperatorProperties[port=" + port + ", address=" + address + "]";
    }

    public OperatorProperties {
        try {
            SigningKey.parse(orderKey);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "gogogoapi.proxy.operator.order-key must be an Ed25519 key, PRIVATE.PUBLIC in Base64: "
                            + e.getMessage());
        }
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
