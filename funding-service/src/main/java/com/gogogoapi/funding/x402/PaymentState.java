package com.gogogoapi.funding.x402;

import java.util.Locale;

/**
 * How far a payment is.
 *
 * <pre>
 * accepted → sent ⇄ settled → arrived
 *      ↘      ↓
 *         failed
 * </pre>
 */
enum PaymentState {
    /** Everything about it is right, and it will be settled. */
    ACCEPTED,
    /** On its way to the chain; whether it arrives is not known. */
    SENT,
    /** In a block that may still go away. */
    SETTLED,
    /** In one that will not: from here on it is a deposit and nothing else. */
    ARRIVED,
    /** It was not settled and can be no more. */
    FAILED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PaymentState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    boolean isInFlight() {
        return this == ACCEPTED || this == SENT;
    }
}
