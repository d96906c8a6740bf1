package com.gogogoapi.ledger.account;

import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.money.Usd;

/** How each kind of event moves a balance; the one place that says so, for deciding and for replaying. */
final class Balances {

    private Balances() {}

    static Balance granted(Balance before, Usd amount) {
        return new Balance(
                before.availableUsd().plus(amount),
                before.heldUsd(),
                before.openHolds(),
                before.chargedUsd(),
                before.grantedUsd().plus(amount),
                before.expiredUsd(),
                before.revokedUsd());
    }

    static Balance reserved(Balance before, Usd hold) {
        return new Balance(
                before.availableUsd().minus(hold),
                before.heldUsd().plus(hold),
                before.openHolds() + 1,
                before.chargedUsd(),
                before.grantedUsd(),
                before.expiredUsd(),
                before.revokedUsd());
    }

    /** The hold goes back, the charge comes off: what the charge exceeds the hold by comes from available. */
    static Balance settled(Balance before, Usd hold, Usd charge, boolean late) {
        return new Balance(
                before.availableUsd().plus(hold).minus(charge),
                before.heldUsd().minus(hold),
                late ? before.openHolds() : before.openHolds() - 1,
                before.chargedUsd().plus(charge),
                before.grantedUsd(),
                before.expiredUsd(),
                before.revokedUsd());
    }

    static Balance released(Balance before, Usd hold) {
        return new Balance(
                before.availableUsd().plus(hold),
                before.heldUsd().minus(hold),
                before.openHolds() - 1,
                before.chargedUsd(),
                before.grantedUsd(),
                before.expiredUsd(),
                before.revokedUsd());
    }

    /** What is left of a grant whose life is over goes, as far as it is free. */
    static Balance expired(Balance before, Usd amount) {
        return new Balance(
                before.availableUsd().minus(amount),
                before.heldUsd(),
                before.openHolds(),
                before.chargedUsd(),
                before.grantedUsd(),
                before.expired().plus(amount),
                before.revokedUsd());
    }

    /** A correction takes credit back that is free. */
    static Balance revoked(Balance before, Usd amount) {
        return new Balance(
                before.availableUsd().minus(amount),
                before.heldUsd(),
                before.openHolds(),
                before.chargedUsd(),
                before.grantedUsd(),
                before.expiredUsd(),
                before.revoked().plus(amount));
    }
}
