package com.gogogoapi.contracts.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.money.Usd;
import org.jspecify.annotations.Nullable;

/**
 * An account's credit at one position of its log. Always {@code available + held + charged + expired + revoked = granted}.
 *
 * @param availableUsd free to be held; never negative
 * @param heldUsd held by requests in flight; never negative
 * @param openHolds how many holds make up {@code heldUsd}
 * @param chargedUsd all charges so far
 * @param grantedUsd all credit ever granted
 * @param expiredUsd what was left of grants whose life was over; absent where that is nothing, as in older events
 * @param revokedUsd what corrections took back; absent where that is nothing, as in older events
 */
public record Balance(
        Usd availableUsd,
        Usd heldUsd,
        int openHolds,
        Usd chargedUsd,
        Usd grantedUsd,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Usd expiredUsd,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Usd revokedUsd) {

    public static final Balance NONE = new Balance(Usd.ZERO, Usd.ZERO, 0, Usd.ZERO, Usd.ZERO);

    /** @throws IllegalArgumentException if a part is negative or the parts do not add up */
    public Balance {
        if (expiredUsd != null && expiredUsd.isZero()) {
            expiredUsd = null;
        }
        if (revokedUsd != null && revokedUsd.isZero()) {
            revokedUsd = null;
        }
        if (availableUsd.isNegative()
                || heldUsd.isNegative()
                || chargedUsd.isNegative()
                || openHolds < 0
                || (expiredUsd != null && expiredUsd.isNegative())
                || (revokedUsd != null && revokedUsd.isNegative())) {
            throw new IllegalArgumentException("a balance has a negative part");
        }
        var parts = availableUsd.plus(heldUsd).plus(chargedUsd);
        parts = expiredUsd == null ? parts : parts.plus(expiredUsd);
        parts = revokedUsd == null ? parts : parts.plus(revokedUsd);
        if (!parts.equals(grantedUsd)) {
            throw new IllegalArgumentException("available + held + charged + expired + revoked is not granted");
        }
    }

    /** One of which nothing has expired or was taken back. */
    public Balance(Usd availableUsd, Usd heldUsd, int openHolds, Usd chargedUsd, Usd grantedUsd) {
        this(availableUsd, heldUsd, openHolds, chargedUsd, grantedUsd, null, null);
    }

    /** {@link #expiredUsd}, also where it is nothing. */
    public Usd expired() {
        return expiredUsd == null ? Usd.ZERO : expiredUsd;
    }

    /** {@link #revokedUsd}, also where it is nothing. */
    public Usd revoked() {
        return revokedUsd == null ? Usd.ZERO : revokedUsd;
    }
}
