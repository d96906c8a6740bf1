package com.gogogoapi.auditor.verify;

import static com.gogogoapi.auditor.verify.Discrepancy.require;

import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.ChargeBounds;
import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.evidence.state.CanonicalState;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
    private final ConsumedGrants grants = new ConsumedGrants();
    private final AuditedSpending spending = new AuditedSpending();
    private final Map<UUID, AuditedHold> open = new HashMap<>(4);

    /** What a settlement must agree with. */
    record AuditedHold(
            BigInteger usd,
            String model,
            String priceVersion,
            TokenPrices prices,
            Instant expiresAt,
            @Nullable ChargeBounds bounds,
            AuditedSpending.Counted counted) {}

    private @Nullable LateTerms late;
    private boolean bounded;

    public AuditedAccount(String accountId) {
        this.accountId = accountId;
    }

    long sequence() {
        return sequence;
    }

    /**
     * Of its last event: the terms of the hold that expired by it, or of the late charge that it is. That these two belong
     * together is for {@link OnceEach} to see, which forgets no hold.
     */
    Optional<LateTerms> late() {
        return Optional.ofNullable(late);
    }

    void apply(long seq, LedgerEvent event) throws Discrepancy {
        require(
                seq == sequence + 1,
                "account " + accountId + "'s event " + (sequence + 1) + " must follow its event " + sequence + ", and "
                        + seq + " does");
        require(
                event.accountId().value().equals(accountId),
                "the event must state the account it is stored for, " + accountId + ", and states "
                        + event.accountId());
        sequence = seq;
        late = null;
        switch (event) {
            case CreditGranted grant -> granted(grant);
            case CreditReserved reserved -> reserved(reserved);
            case CreditRefused refused -> refused(refused);
            case CreditReleased released -> released(released);
            case CreditSettled settled -> settled(settled);
            case CreditExpired over -> expired(over);
            case CreditRevoked back -> revoked(back);
            case CreditTransferred transfer -> transferred(transfer);
            case ParkedAccountResumed resumed -> {
                // Whose order it is, is for SignedOrders to see; of the credit nothing moves.
            }
            case InstallationEvent done -> {
                // Nobody's credit, so all of its balance must stay zero.
            }
        }
        compare(event.balance());
    }

    private void granted(CreditGranted grant) throws Discrepancy {
        var amount = Pico.of(grant.amountUsd());
        require(amount.signum() > 0, "a grant must be more than zero, and is " + grant.amountUsd());
        require(
                (grant.source() == GrantSource.CORRECTION) == (grant.correction() != null),
                "a correction, and no other grant, must say what it corrects and why");
        grants.add(grant, amount);
        available = available.add(amount);
        granted = granted.add(amount);
    }

    private void revoked(CreditRevoked back) throws Discrepancy {
        var amount = Pico.of(back.amountUsd());
        require(
                amount.signum() > 0 && amount.compareTo(available) <= 0,
                "a revocation must take of what is available, " + Pico.text(available) + ", and takes "
                        + back.amountUsd());
        grants.revoke(back, amount);
        available = available.subtract(amount);
        revoked = revoked.add(amount);
    }

    /** What left counts as taken back, what arrived as granted; that there is the other end is for {@link Transfers} to see. */
    private void transferred(CreditTransferred transfer) throws Discrepancy {
        var amount = Pico.of(transfer.amountUsd());
        require(amount.signum() > 0, "a transfer must be of more than zero, and is of " + transfer.amountUsd());
        switch (transfer.side()) {
            case OUT -> {
                require(
                        amount.compareTo(available) <= 0,
                        "a transfer must be of what is available, " + Pico.text(available) + ", and is of "
                                + transfer.amountUsd());
                grants.transfer(transfer, amount);
                available = available.subtract(amount);
                revoked = revoked.add(amount);
            }
            case IN -> {
                grants.arrive(transfer, amount);
                available = available.add(amount);
                granted = granted.add(amount);
            }
        }
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
                "a hold must be what its tokens cost at most, " + Pico.text(most) + ", and is " + reserved.heldUsd());
        checkBoundsOf(reserved);
        var hold = new AuditedHold(
                amount,
                reserved.model(),
                reserved.priceVersion(),
                reserved.prices(),
                reserved.expiresAt(),
                reserved.bounds(),
                spending.held(reserved, amount));
        require(
                open.put(reserved.requestId(), hold) == null,
                "request " + reserved.requestId() + " must have one hold at most, and has a second");
        available = available.subtract(amount);
        held = held.add(amount);
    }

    private void refused(CreditRefused refused) throws Discrepancy {
        require(
                refused.reason() != RefusalReason.INSUFFICIENT_CREDIT
                        || available.compareTo(Pico.of(refused.requiredUsd())) < 0,
                "a refusal for want of credit must ask for more than is available, " + Pico.text(available)
                        + ", and asks for " + refused.requiredUsd());
        require(
                refused.reason() != RefusalReason.TOO_MANY_EXPIRING_GRANTS || grants.isFullOfExpiring(),
                "a grant must be refused because too many expire only where as many do");
        require(
                refused.reason() != RefusalReason.NOT_TRANSFERABLE
                        || grants.lasting().compareTo(Pico.of(refused.requiredUsd())) < 0,
                "a transfer must be refused as not transferable only where more is to be transferred than never expires, "
                        + Pico.text(grants.lasting()) + ", and " + refused.requiredUsd() + " is");
        require(
                (refused.reason() == RefusalReason.BUDGET_EXCEEDED) == (refused.budget() != null),
                "a refusal must name a budget exactly where one is the reason");
        if (refused.budget() != null) {
            spending.refused(refused, refused.budget());
        }
    }

    private void released(CreditReleased released) throws Discrepancy {
        var hold = open.remove(released.requestId());
        require(hold != null, "request " + released.requestId() + " must have an open hold that is released");
        var amount = Pico.of(released.releasedUsd());
        require(
                hold != null && amount.equals(hold.usd),
                "a release must be of the whole hold, and is of " + released.releasedUsd());
        require(
                !released.outcome().isCharged(),
                "a release must be by a rule that is free, and is by " + released.outcome());
        if (hold != null && canBeChargedLate(released.outcome())) {
            require(
                    !released.decidedAt().isBefore(hold.expiresAt),
                    "a hold must not expire before its time, which is " + hold.expiresAt);
            late = new LateTerms(
                    accountId,
                    hold.model,
                    hold.priceVersion,
                    hold.prices,
                    LateTerms.Tokens.allowed(hold.bounds),
                    hold.counted.scopes());
        }
        if (hold != null) {
            spending.ended(hold.counted, amount, BigInteger.ZERO);
        }
        available = available.add(amount);
        held = held.subtract(amount);
    }

    private static boolean canBeChargedLate(Outcome release) {
        return switch (release) {
            case HOLD_EXPIRED -> true;
            case UPSTREAM_FAILED, TIMED_OUT, INTERRUPTED, NOTHING_SERVED, CLIENT_LEFT_EARLY -> false;
            case COMPLETED, USAGE_MISSING, CLIENT_LEFT, CLIENT_LEFT_AGAIN -> false;
            case UPSTREAM_FAILED_MIDWAY, TIMED_OUT_MIDWAY, INTERRUPTED_MIDWAY -> false;
        };
    }

    private void settled(CreditSettled settled) throws Discrepancy {
        var heldNow = Pico.of(settled.heldUsd());
        var amount = Pico.of(settled.chargedUsd());
        if (settled.late()) {
            require(heldNow.signum() == 0, "a late charge must claim no hold, and claims " + settled.heldUsd());
            require(
                    !open.containsKey(settled.requestId()),
                    "a late charge must be of a hold that expired before it, and its request's is open");
            late = new LateTerms(
                    accountId,
                    settled.model(),
                    settled.priceVersion(),
                    settled.prices(),
                    LateTerms.Tokens.chargedIn(settled),
                    settled.scopes() == null ? List.of() : settled.scopes());
            checkAboveHold(settled);
            spending.chargedLate(late.scopes(), settled.decidedAt(), amount);
        } else {
            var hold = open.remove(settled.requestId());
            require(hold != null, "request " + settled.requestId() + " must have an open hold that is charged");
            require(
                    hold != null && heldNow.equals(hold.usd),
                    "a charge must state the hold it is of, and states " + settled.heldUsd());
            require(
                    hold.model.equals(settled.model())
                            && hold.priceVersion.equals(settled.priceVersion())
                            && hold.prices.equals(settled.prices()),
                    "a charge must be at the prices that its hold pinned");
            checkBounds(settled, hold);
            require(settled.scopes() == null, "a charge must count where its hold does, and names scopes of its own");
            spending.ended(hold.counted, heldNow, amount);
        }
        require(
                settled.outcome().isCharged(),
                "a charge must be by a rule that charges, and is by " + settled.outcome());
        var reasoning = settled.reasoningTokens();
        require(
                reasoning == null
                        || reasoning >= 0 && reasoning <= settled.usage().completionTokens(),
                "reasoning must be a part of the completion that is charged, and is of " + reasoning + " tokens");
        var cost = Pico.rate(settled.prices(), settled.usage());
        var charge = amount;
        var overrun = Pico.of(settled.overrunUsd());
        require(
                charge.add(overrun).equals(cost),
                "a charge and its overrun must be what the tokens cost, " + Pico.text(cost) + ", and are "
                        + settled.chargedUsd() + " and " + settled.overrunUsd());
        require(
                charge.equals(cost.min(heldNow.add(available))),
                "a charge must be what the credit covers, " + Pico.text(cost.min(heldNow.add(available))) + ", and is "
                        + settled.chargedUsd());
        require(
                Pico.of(settled.releasedUsd()).equals(heldNow.subtract(charge).max(BigInteger.ZERO)),
                "of a hold of " + settled.heldUsd() + " what a charge of " + settled.chargedUsd()
                        + " leaves must be released, and " + settled.releasedUsd() + " is");
        grants.consume(settled, charge);
        available = available.add(heldNow).subtract(charge);
        held = held.subtract(heldNow);
        charged = charged.add(charge);
    }

    /** What may be charged of a prompt beyond what was counted; a hold of an earlier build has no bounds, and none after one. */
    private void checkBoundsOf(CreditReserved reserved) throws Discrepancy {
        var counted = reserved.promptTokens();
        var most = reserved.maxPromptTokens();
        if (most == null) {
            require(!bounded, "a hold must have bounds, as those before it have");
            return;
        }
        bounded = true;
        require(
                counted <= most && most <= counted + counted / 4 + 64,
                "a hold must allow the prompt as it was counted, " + counted
                        + ", or up to a quarter and 64 tokens more, and" + " allows " + most);
    }

    /** Of what the upstream stated, tokens beyond the bounds of the hold are charged to nobody. */
    private static void checkBounds(CreditSettled settled, AuditedHold hold) throws Discrepancy {
        var above = settled.aboveHold();
        var bounds = hold.bounds;
        if (bounds == null) {
            require(above == null, "a charge must be of all that was stated where its hold has no bounds");
            return;
        }
        var usage = settled.usage();
        var stated = above == null ? usage : above.statedUsage();
        var prompt = Math.min(stated.promptTokens(), bounds.promptTokens());
        require(
                usage.promptTokens() == prompt
                        && usage.cachedPromptTokens() == Math.min(stated.cachedPromptTokens(), prompt)
                        && usage.completionTokens() == Math.min(stated.completionTokens(), bounds.completionTokens()),
                "a charge must be of the usage stated within the bounds of its hold, " + stated + " within " + bounds
                        + ", and is of " + usage);
        checkAboveHold(settled);
    }

    private static void checkAboveHold(CreditSettled settled) throws Discrepancy {
        var above = settled.aboveHold();
        if (above == null) {
            return;
        }
        var usage = settled.usage();
        var stated = above.statedUsage();
        require(
                usage.promptTokens() <= stated.promptTokens()
                        && usage.cachedPromptTokens() == Math.min(stated.cachedPromptTokens(), usage.promptTokens())
                        && usage.completionTokens() <= stated.completionTokens(),
                "a charge must be of no more than was stated, " + stated + ", and is of " + usage);
        var rest = Pico.rate(settled.prices(), stated).subtract(Pico.rate(settled.prices(), usage));
        require(
                Pico.of(above.usd()).equals(rest) && !stated.equals(usage),
                "what is above the hold must be what the rest of the tokens cost, " + Pico.text(rest) + ", and is "
                        + above.usd());
    }

    private void compare(Balance stated) throws Discrepancy {
        require(available.signum() >= 0, "available credit must not be negative, and is " + Pico.text(available));
        require(
                Pico.of(stated.availableUsd()).equals(available)
                        && Pico.of(stated.heldUsd()).equals(held)
                        && Pico.of(stated.chargedUsd()).equals(charged)
                        && Pico.of(stated.grantedUsd()).equals(granted)
                        && Pico.of(stated.expiredOrZero()).equals(expiredCredit)
                        && Pico.of(stated.revokedOrZero()).equals(revoked)
                        && stated.openHolds() == open.size(),
                "the balance must be what its events make, available " + Pico.text(available) + ", held "
                        + Pico.text(held) + " in " + open.size() + ", charged " + Pico.text(charged) + ", granted "
                        + Pico.text(granted) + ", expired " + Pico.text(expiredCredit) + ", revoked "
                        + Pico.text(revoked) + ", and is available " + stated.availableUsd() + ", held "
                        + stated.heldUsd() + " in " + stated.openHolds() + ", charged " + stated.chargedUsd()
                        + ", granted " + stated.grantedUsd() + ", expired " + stated.expiredOrZero() + ", revoked "
                        + stated.revokedOrZero());
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
                        .toList(),
                spending.state());
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
