package com.gogogoapi.proxy;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.evidence.signing.SigningKey;
import java.time.Duration;
import java.util.Optional;
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
 * @param secondApprovalAbove grants, corrections and transfers of more USD than this need a second operator, each by itself and
 *     all together that one operator gives alone within 24 hours; without it none does
 * @param approvalWithin how long an order waits for its second operator
 * @param failuresPerMinute how many wrong tokens one address may send in a minute before it is held off
 */
@ConfigurationProperties("gogogoapi.proxy.operator")
public record OperatorProperties(
        @Nullable Integer port,
        @Nullable String address,
        @DefaultValue("10") int failuresPerMinute,
        String orderKey,
        @Nullable String secondApprovalAbove,
        @DefaultValue("3d") Duration approvalWithin) {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_FAILURES = 10_000;
    private static final Duration LONGEST_APPROVAL = Duration.ofDays(30);

    /** @throws IllegalArgumentException if it is none */
    public SigningKey signingKey() {
        return SigningKey.parse(orderKey);
    }

    /** Above which amount an order needs a second operator; empty where none does. */
    public Optional<Usd> approvalAbove() {
        return Optional.ofNullable(secondApprovalAbove).map(Usd::parse);
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
        if (secondApprovalAbove != null && !isAmount(secondApprovalAbove)) {
            throw new IllegalArgumentException(
                    "gogogoapi.proxy.operator.second-approval-above must be an amount in USD such as 1000.00.");
        }
        if (!approvalWithin.isPositive() || approvalWithin.compareTo(LONGEST_APPROVAL) > 0) {
            throw new IllegalArgumentException("gogogoapi.proxy.operator.approval-within must be above 0 and at most "
                    + LONGEST_APPROVAL.toDays() + "d.");
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

    private static boolean isAmount(String text) {
        try {
            return !Usd.parse(text).isNegative();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
