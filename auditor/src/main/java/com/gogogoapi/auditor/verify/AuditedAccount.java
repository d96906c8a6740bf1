package com.gogogoapi.auditor.verify;

import static com.gogogoapi.auditor.verify.Discrepancy.require;

import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.evidence.state.CanonicalState;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * An account rebuilt from its events by the auditor's own rules and arithmetic. Every event must be one that the rules
 * allow at that point, and state the balance that the auditor comes to.
 */
public final class AuditedAccount {

    private final String accountId;
    private long sequence = -1;
    private BigInteger available = BigInteger.ZERO;
    private BigInteger held = BigInteger.ZERO;
    private BigInteger charged = BigInteger.ZERO;
    private BigInteger granted = BigInteger.ZERO;
    private BigInteger expiredCredit = BigInteger.ZERO;
    private BigInteger revoked = BigInteger.ZERO;
    private final BurnedGrants grants = new BurnedGrants();
    private final Map<UUID, AuditedHold> open = new HashMap<>(4);

    /** What a settlement must agree with. */
    record AuditedHold(BigInteger usd, String model, String priceVersion, TokenPrices prices, Instant expiresAt) {}

    /** Holds that expired and may be settled late; shared by the accounts of a shard and bounded. */
    private final Map<UUID, AuditedHold> expired;

    public AuditedAccount(String accountId, Map<UUID, AuditedHold> expired) {
        this.accountId = accountId;
        this.expired = expired;
    }

    public AuditedAccount(String accountId) {
        this(accountId, new HashMap<>());
    }

    long sequence() {
        return sequence;
    }

    void apply(long seq, LedgerEvent event) throws Discrepancy {
        require(
                seq == sequence + 1,
                "account " + accountId + " goes from its event " + sequence + " to " + seq
                        + ", which leaves a gap or repeats");
        require(
                event.accountId().value().equals(accountId),
                "the event is stored for account " + accountId + " and states account " + event.accountId());
        sequence = seq;
        switch (event) {
            case CreditGranted grant -> granted(grant);
            case CreditReserved reserved -> reserved(reserved);
            case CreditRefused refused -> refused(refused);
            case CreditReleased released -> released(released);
            case CreditSettled settled -> settled(settled);
            case CreditExpired over -> expired(over);
            case CreditRevoked back -> revoked(back);
        }
        compare(event.balance());
    }

    private void granted(CreditGranted grant) throws Discrepancy {
        var amount = Pico.of(grant.amountUsd());
        require(amount.signum() > 0, "a grant of " + grant.amountUsd());
        require(
                (grant.source() == GrantSource.CORRECTION) == (grant.correction() != null),
                "a correction that does not say what it corrects and why, or a grant that does");
        grants.add(grant, amount);
        available = available.add(amount);
        granted = granted.add(amount);
    }

    private void revoked(CreditRevoked back) throws Discrepancy {
        var amount = Pico.of(back.amountUsd());
        require(
                amount.signum() > 0 && amount.compareTo(available) <= 0,
                "a revocation of " + back.amountUsd() + " while " + Pico.text(available) + " is available");
        grants.revoke(back, amount);
        available = available.subtract(amount);
        revoked = revoked.add(amount);
    }

    private void expired(CreditExpired over) throws Discrepancy {
        var amount = Pico.of(over.amountUsd());
        grants.expire(over, amount, available);
        available = available.subtract(amount);
        expiredCredit = expiredCredit.add(amount);
    }

    private void reserved(CreditReserved reserved) throws Discrepancy {
        var amount = Pico.of(reserved.heldUsd());
        var most = Pico.rate(reserved.prices(), reserved.promptTokens(), reserved.maxCompletionTokens());
        require(
                amount.equals(most),
                "a hold of " + reserved.heldUsd() + " for tokens that cost at most " + Pico.text(most));
        var hold = new AuditedHold(
                amount, reserved.model(), reserved.priceVersion(), reserved.prices(), reserved.expiresAt());
        require(
                open.put(reserved.requestId(), hold) == null,
                "a second hold of request " + reserved.requestId() + " while the first is open");
        available = available.subtract(amount);
        held = held.add(amount);
    }

    private void refused(CreditRefused refused) throws Discrepancy {
        require(
                refused.reason() != RefusalReason.INSUFFICIENT_CREDIT
                        || available.compareTo(Pico.of(refused.requiredUsd())) < 0,
                "a refusal of " + refused.requiredUsd() + " for want of credit while " + Pico.text(available)
                        + " is available");
        require(
                refused.reason() != RefusalReason.TOO_MANY_EXPIRING_GRANTS || grants.isFullOfExpiring(),
                "a refusal of a grant because too many expire, while fewer do");
    }

    private void released(CreditReleased released) throws Discrepancy {
        var hold = open.remove(released.requestId());
        require(hold != null, "a release of request " + released.requestId() + ", which has no open hold");
        var amount = Pico.of(released.releasedUsd());
        require(
                hold != null && amount.equals(hold.usd),
                "a release of " + released.releasedUsd() + " from another hold");
        require(!released.outcome().isCharged(), "a release by the rule " + released.outcome() + ", which charges");
        if (hold != null && canBeChargedLate(released.outcome())) {
            expired.put(released.requestId(), hold);
        }
        available = available.add(amount);
        held = held.subtract(amount);
    }

    private static boolean canBeChargedLate(Outcome release) {
        return switch (release) {
            case HOLD_EXPIRED -> true;
            case UPSTREAM_FAILED, TIMED_OUT, NOTHING_SERVED, CLIENT_LEFT_EARLY -> false;
            case COMPLETED, USAGE_MISSING, CLIENT_LEFT, UPSTREAM_FAILED_MIDWAY, TIMED_OUT_MIDWAY -> false;
        };
    }

    private void settled(CreditSettled settled) throws Discrepancy {
        var heldNow = Pico.of(settled.heldUsd());
        var hold = settled.late() ? expired.remove(settled.requestId()) : open.remove(settled.requestId());
        if (settled.late()) {
            require(heldNow.signum() == 0, "a late charge that claims a hold of " + settled.heldUsd());
        } else {
            require(hold != null, "a charge of request " + settled.requestId() + ", which has no open hold");
            require(
                    hold != null && heldNow.equals(hold.usd),
                    "a charge from a hold of " + settled.heldUsd() + ", which was another amount");
        }
        // A late charge of a hold that expired too long ago to be remembered is rated all the same.
        if (hold != null) {
            require(
                    hold.model.equals(settled.model())
                            && hold.priceVersion.equals(settled.priceVersion())
                            && hold.prices.equals(settled.prices()),
                    "a charge at other prices than those its hold pinned");
        }
        require(settled.outcome().isCharged(), "a charge by the rule " + settled.outcome() + ", which is free");
        var cost = Pico.rate(settled.prices(), settled.usage());
        var charge = Pico.of(settled.chargedUsd());
        var overrun = Pico.of(settled.overrunUsd());
        require(
                charge.add(overrun).equals(cost),
                "a charge of " + settled.chargedUsd() + " and an overrun of " + settled.overrunUsd()
                        + " for tokens that cost " + Pico.text(cost));
        require(
                charge.equals(cost.min(heldNow.add(available))),
                "a charge of " + settled.chargedUsd() + " where the credit covers "
                        + Pico.text(cost.min(heldNow.add(available))));
        require(
                Pico.of(settled.refundedUsd()).equals(heldNow.subtract(charge).max(BigInteger.ZERO)),
                "a refund of " + settled.refundedUsd() + " from a hold of " + settled.heldUsd() + " after a charge of "
                        + settled.chargedUsd());
        grants.burn(settled, charge);
        available = available.add(heldNow).subtract(charge);
        held = held.subtract(heldNow);
        charged = charged.add(charge);
    }

    private void compare(Balance stated) throws Discrepancy {
        require(available.signum() >= 0, "available credit of " + Pico.text(available));
        require(
                Pico.of(stated.availableUsd()).equals(available)
                        && Pico.of(stated.heldUsd()).equals(held)
                        && Pico.of(stated.chargedUsd()).equals(charged)
                        && Pico.of(stated.grantedUsd()).equals(granted)
                        && Pico.of(stated.expired()).equals(expiredCredit)
                        && Pico.of(stated.revoked()).equals(revoked)
                        && stated.openHolds() == open.size(),
                "states a balance of available " + stated.availableUsd() + ", held " + stated.heldUsd() + " in "
                        + stated.openHolds() + ", charged " + stated.chargedUsd() + ", granted " + stated.grantedUsd()
                        + ", expired " + stated.expired() + ", revoked " + stated.revoked()
                        + " where its events make available " + Pico.text(available) + ", held " + Pico.text(held)
                        + " in "
                        + open.size() + ", charged " + Pico.text(charged) + ", granted " + Pico.text(granted)
                        + ", expired " + Pico.text(expiredCredit)
                        + ", revoked " + Pico.text(revoked));
    }

    /** Its state after the last event, as everybody writes it. */
    public CanonicalState state() {
        return new CanonicalState(
                accountId,
                sequence,
                Pico.text(available),
                Pico.text(held),
                Pico.text(charged),
                Pico.text(granted),
                Pico.text(expiredCredit),
                Pico.text(revoked),
                grants.left(),
                open.entrySet().stream()
                        .map(entry -> canonical(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static CanonicalState.OpenHold canonical(UUID request, AuditedHold hold) {
        return new CanonicalState.OpenHold(
                request.toString(),
                Pico.text(hold.usd),
                hold.model,
                hold.priceVersion,
                hold.prices.input().toString(),
                hold.prices.cachedInput().toString(),
                hold.prices.output().toString(),
                hold.expiresAt.toString());
    }
}
