package com.gogogoapi.funding.rpc;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How one node of a chain stands; for operators.
 *
 * @param reason why it is not good; null where it is
 * @param height of its newest block; null where it did not say
 */
public record Standing(
        String node,
        Kind kind,
        @Nullable String reason,
        Instant since,
        @Nullable Long height) {

    /** Whether and for what a node is asked. */
    public enum Kind {
        GOOD,
        /** Behind the others: not asked for what is new. */
        LAGGING,
        /** Says nothing, or nothing that can be read. */
        AWAY,
        /** Is a node of another chain. */
        WRONG_CHAIN,
        /** Says what the others, or it itself before, deny: set aside, and asked again later. */
        CONTRADICTED;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isGood() {
        return kind == Kind.GOOD;
    }

    /** Whether what it says of old blocks counts. */
    boolean isBelieved() {
        return kind == Kind.GOOD || kind == Kind.LAGGING;
    }
}
