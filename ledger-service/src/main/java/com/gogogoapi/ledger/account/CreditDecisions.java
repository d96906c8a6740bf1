package com.gogogoapi.ledger.account;

import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.pricing.TokenUsage;
import com.gogogoapi.ledger.account.AnsweredRequests.Recollection;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's rules: what an intake record makes of an account. Pure: the same state, record, time and history give the
 * same decision, always.
 *
 * <pre>
 * request     (none) ── QuoteRequested ──▶ reserved ── UpstreamCompleted ──▶ settled | released
 *                └──▶ refused                 └── HoldExpiryDue ──▶ released ── late completion ──▶ settled
 * </pre>
 *
 * A record that repeats an answered one gets the first answer again.
 *
 * <p>A grant that expires goes in parts: whenever it is announced, as much as is left of it and is free.
 */
public final class CreditDecisions {

    private CreditDecisions() {}

    /**
     * @param at the broker's time of the record
     * @param history this request's events so far, oldest first; null on the first try, given after
     *     {@link Decision.NeedsHistory}
     */
    public static Decision decide(
            AccountState state,
            CreditIntake intake,
            Instant at,
            HoldPolicy policy,
            @Nullable List<LedgerEvent> history) {
        return switch (intake) {
            case QuoteRequested quote -> reserve(state, quote, at, policy, history);
            case UpstreamCompleted completed -> complete(state, completed, at, history);
            case HoldExpiryDue due -> expire(state, due, at);
            case GrantRequested grant -> grant(state, grant, at, history);
            case GrantExpiryDue due -> expire(state, due, at);
            case CreditRevocationRequested revocation -> revoke(state, revocation, at, history);
        };
    }

    private static Decision reserve(
            AccountState state,
            QuoteRequested quote,
            Instant at,
            HoldPolicy policy,
            @Nullable List<LedgerEvent> history) {
        if (history == null && mayBeAnswered(state, quote)) {
            return new Decision.NeedsHistory(quote.requestId());
        }
        if (history != null && !history.isEmpty()) {
            return new Decision.Repeated(history.getFirst());
        }
        if (at.isAfter(quote.validUntil())) {
            return refuse(state, quote, RefusalReason.QUOTE_EXPIRED, at);
        }
        if (state.openHolds().size() >= policy.maxOpenHolds()) {
            return refuse(state, quote, RefusalReason.TOO_MANY_OPEN_HOLDS, at);
        }
        var limit = affordable(state, quote);
        if (limit.isEmpty()) {
            return refuse(state, quote, RefusalReason.INSUFFICIENT_CREDIT, at);
        }
        var hold = quote.prices().uncachedCostOf(quote.promptTokens(), limit.getAsLong());
        return new Decision.NewEvent(new CreditReserved(
                quote.accountId(),
                quote.requestId(),
                quote.quoteId(),
                quote.model(),
                quote.priceVersion(),
                quote.prices(),
                quote.promptTokens(),
                limit.getAsLong(),
                hold,
                at.plus(policy.lifetime()),
                at,
                Balances.reserved(state.balance(), hold),
                quote.expectedUsd(),
                quote.attemptId()));
    }

    /** The completion limit that the available credit affords: the quote's own or, where it is to shrink, a lower one. */
    private static OptionalLong affordable(AccountState state, QuoteRequested quote) {
        var available = state.balance().availableUsd();
        if (!available.isLessThan(quote.holdUsd())) {
            return OptionalLong.of(quote.maxCompletionTokens());
        }
        var forCompletion = available.minus(quote.prices().input().costOf(quote.promptTokens()));
        if (!quote.shrinksToFit() || forCompletion.isNegative()) {
            return OptionalLong.empty();
        }
        var limit = quote.prices().output().tokensAffordableWith(forCompletion, quote.maxCompletionTokens());
        return limit < 1 ? OptionalLong.empty() : OptionalLong.of(limit);
    }

    private static Decision refuse(AccountState state, QuoteRequested quote, RefusalReason reason, Instant at) {
        return new Decision.NewEvent(new CreditRefused(
                quote.accountId(), quote.requestId(), reason, quote.holdUsd(), at, state.balance(), quote.attemptId()));
    }

    private static Decision complete(
            AccountState state, UpstreamCompleted completed, Instant at, @Nullable List<LedgerEvent> history) {
        var hold = state.openHolds().get(completed.requestId());
        if (hold != null) {
            var usage = completed.usage();
            return usage == null
                    ? release(state, hold, completed, completed.outcome(), at)
                    : settle(state, hold, hold.heldUsd(), completed, usage, false, at);
        }
        if (history == null) {
            return new Decision.NeedsHistory(completed.requestId());
        }
        return completeAfterTheHold(state, completed, at, history);
    }

    /** The hold has ended, or never was: only an expired one can still be charged, and only once. */
    private static Decision completeAfterTheHold(
            AccountState state, UpstreamCompleted completed, Instant at, List<LedgerEvent> history) {
        if (history.isEmpty() || !(history.getFirst() instanceof CreditReserved reserved)) {
            return new Decision.Ignored(Decision.Ignored.Reason.NO_HOLD);
        }
        var usage = completed.usage();
        if (usage != null
                && history.getLast() instanceof CreditReleased released
                && canBeChargedLate(released.outcome())) {
            return settle(state, Hold.of(reserved), Usd.ZERO, completed, usage, true, at);
        }
        return new Decision.Repeated(history.getLast());
    }

    /** Only of a hold that the ledger gave up itself is it open how its request ended. */
    private static boolean canBeChargedLate(Outcome release) {
        return switch (release) {
            case HOLD_EXPIRED -> true;
            case UPSTREAM_FAILED, TIMED_OUT, NOTHING_SERVED, CLIENT_LEFT_EARLY -> false;
            case COMPLETED, USAGE_MISSING, CLIENT_LEFT, UPSTREAM_FAILED_MIDWAY, TIMED_OUT_MIDWAY -> false;
        };
    }

    private static Decision settle(
            AccountState state,
            Hold hold,
            Usd heldUsd,
            UpstreamCompleted completed,
            TokenUsage usage,
            boolean late,
            Instant at) {
        var cost = hold.prices().costOf(usage);
        var charge = cost.min(heldUsd.plus(state.balance().availableUsd()));
        return new Decision.NewEvent(new CreditSettled(
                completed.accountId(),
                completed.requestId(),
                completed.outcome(),
                hold.model(),
                hold.priceVersion(),
                hold.prices(),
                usage,
                completed.usageEstimated(),
                heldUsd,
                charge,
                heldUsd.minus(charge).max(Usd.ZERO),
                cost.minus(charge),
                late,
                at,
                Balances.settled(state.balance(), heldUsd, charge, late),
                charge.isZero() ? null : state.lots().toBurn(charge)));
    }

    private static Decision release(AccountState state, Hold hold, CreditIntake cause, Outcome outcome, Instant at) {
        return new Decision.NewEvent(new CreditReleased(
                cause.accountId(),
                cause.requestId(),
                outcome,
                hold.heldUsd(),
                at,
                Balances.released(state.balance(), hold.heldUsd())));
    }

    private static Decision expire(AccountState state, HoldExpiryDue due, Instant at) {
        var hold = state.openHolds().get(due.requestId());
        return hold == null || at.isBefore(hold.expiresAt())
                ? new Decision.Ignored(Decision.Ignored.Reason.NOT_DUE)
                : release(state, hold, due, Outcome.HOLD_EXPIRED, at);
    }

    private static Decision grant(
            AccountState state, GrantRequested grant, Instant at, @Nullable List<LedgerEvent> history) {
        if (history == null && mayBeAnswered(state, grant)) {
            return new Decision.NeedsHistory(grant.requestId());
        }
        if (history != null && !history.isEmpty()) {
            return new Decision.Repeated(history.getFirst());
        }
        if (grant.expiresAt() != null && state.lots().isFullOfExpiring()) {
            return new Decision.NewEvent(new CreditRefused(
                    grant.accountId(),
                    grant.requestId(),
                    RefusalReason.TOO_MANY_EXPIRING_GRANTS,
                    grant.amountUsd(),
                    at,
                    state.balance()));
        }
        return new Decision.NewEvent(new CreditGranted(
                grant.accountId(),
                grant.requestId(),
                grant.amountUsd(),
                grant.source(),
                grant.reference(),
                grant.grantedBy(),
                at,
                Balances.granted(state.balance(), grant.amountUsd()),
                grant.correction(),
                grant.priority(),
                grant.expiresAt(),
                grant.reason()));
    }

    /** All of it or nothing: a correction that was carried out in part would correct nothing. */
    private static Decision revoke(
            AccountState state, CreditRevocationRequested revocation, Instant at, @Nullable List<LedgerEvent> history) {
        if (history == null && mayBeAnswered(state, revocation)) {
            return new Decision.NeedsHistory(revocation.requestId());
        }
        if (history != null && !history.isEmpty()) {
            return new Decision.Repeated(history.getFirst());
        }
        var amount = revocation.amountUsd();
        if (state.balance().availableUsd().isLessThan(amount)) {
            return new Decision.NewEvent(new CreditRefused(
                    revocation.accountId(),
                    revocation.requestId(),
                    RefusalReason.INSUFFICIENT_CREDIT,
                    amount,
                    at,
                    state.balance()));
        }
        var corrected = EventIds.requestAnsweredBy(revocation.correction().correctedEventId());
        return new Decision.NewEvent(new CreditRevoked(
                revocation.accountId(),
                revocation.requestId(),
                amount,
                revocation.reference(),
                revocation.revokedBy(),
                revocation.correction(),
                at,
                Balances.revoked(state.balance(), amount),
                state.lots().toRevoke(amount, corrected)));
    }

    /** By what the account knows of the grant, not by what was announced of it. */
    private static Decision expire(AccountState state, GrantExpiryDue due, Instant at) {
        var open = state.lots().of(due.requestId());
        if (open.isEmpty()) {
            return new Decision.Ignored(Decision.Ignored.Reason.NOTHING_LEFT);
        }
        var expiresAt = open.get().getKey().expiresAt();
        if (expiresAt == null || at.isBefore(expiresAt)) {
            return new Decision.Ignored(Decision.Ignored.Reason.NOT_DUE);
        }
        var lot = open.get().getValue();
        var amount = state.lots().free(open.get(), state.balance().heldUsd());
        var part = lot.expiredParts() + 1;
        if (!amount.isPositive() || (part == CreditExpired.MAX_PARTS && amount.isLessThan(lot.leftUsd()))) {
            return new Decision.Ignored(Decision.Ignored.Reason.ALL_HELD);
        }
        return new Decision.NewEvent(new CreditExpired(
                due.accountId(), due.requestId(), part, amount, at, Balances.expired(state.balance(), amount)));
    }

    private static boolean mayBeAnswered(AccountState state, CreditIntake intake) {
        return state.openHolds().containsKey(intake.requestId())
                || state.answered().recall(intake.requestId()) != Recollection.NEW;
    }
}
