package com.gogogoapi.contracts.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.money.Usd;
import org.jspecify.annotations.Nullable;

/**
 * An account's credit at one position of its log. Always {@code available + held + charged + expired + revoked = granted}.
 * How each kind of event moves it is said here alone, for deciding and for replaying.
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

    /** Of an account that has no event yet. */
    public static final Balance NONE = new Balance(Usd.ZERO, Usd.ZERO, 0, Usd.ZERO, Usd.ZERO, null, null);

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
            throw new IllegalArgumentException("No part of a balance can be negative.");
        }
        var parts = availableUsd.plus(heldUsd).plus(chargedUsd);
        parts = expiredUsd == null ? parts : parts.plus(expiredUsd);
        parts = revokedUsd == null ? parts : parts.plus(revokedUsd);
        if (!parts.equals(grantedUsd)) {
            throw new IllegalArgumentException("Available, held, charged, expired and revoked must add up to granted.");
        }
    }

    /** {@link #expiredUsd}, also where it is nothing. */
    public Usd expiredOrZero() {
        return expiredUsd == null ? Usd.ZERO : expiredUsd;
    }

    /** {@link #revokedUsd}, also where it is nothing. */
    public Usd revokedOrZero() {
        return revokedUsd == null ? Usd.ZERO : revokedUsd;
    }

    /** After credit was added. */
    public Balance granted(Usd amount) {
        return new Balance(
                availableUsd.plus(amount),
                heldUsd,
                openHolds,
                chargedUsd,
                grantedUsd.plus(amount),
                expiredUsd,
                revokedUsd);
    }

    /** After one more hold. */
    public Balance reserved(Usd hold) {
        return new Balance(
                availableUsd.minus(hold),
                heldUsd.plus(hold),
                openHolds + 1,
                chargedUsd,
                grantedUsd,
                expiredUsd,
                revokedUsd);
    }

    /**
     * After a charge: the hold goes back, the charge comes off, and what the charge is above the hold comes from available.
     *
     * @param late whether the hold had ended before, so that none ends now
     */
    public Balance settled(Usd hold, Usd charge, boolean late) {
        return new Balance(
                availableUsd.plus(hold).minus(charge),
                heldUsd.minus(hold),
                late ? openHolds : openHolds - 1,
                chargedUsd.plus(charge),
                grantedUsd,
                expiredUsd,
                revokedUsd);
    }

    /** After a hold that ended without a charge. */
    public Balance released(Usd hold) {
        return new Balance(
                availableUsd.plus(hold),
                heldUsd.minus(hold),
                openHolds - 1,
                chargedUsd,
                grantedUsd,
                expiredUsd,
                revokedUsd);
    }

    /** After so much of a grant ended with its life. */
    public Balance expired(Usd amount) {
        return new Balance(
                availableUsd.minus(amount),
                heldUsd,
                openHolds,
                chargedUsd,
                grantedUsd,
                expiredOrZero().plus(amount),
                revokedUsd);
    }

    /** After a correction took so much back. */
    public Balance revoked(Usd amount) {
        return new Balance(
                availableUsd.minus(amount),
                heldUsd,
                openHolds,
                chargedUsd,
                grantedUsd,
                expiredUsd,
                revokedOrZero().plus(amount));
    }
}
