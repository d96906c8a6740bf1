package com.gogogoapi.ledger.account;

import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.GrantConsumed;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.intake.TransferSide;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.ledger.account.budget.Counted;
import com.gogogoapi.ledger.account.budget.Limited;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * An account as its events made it. Immutable; its collections share structure, so 5,000 open holds cost a step no more
 * than five.
 *
 * @param balance as the last event stated it, and as this state recomputed it
 * @param openHolds by request
 * @param lots what is left of each grant
 * @param limited what budgets and rates are measured by
 */
public record AccountState(
        Balance balance, PMap<UUID, Hold> openHolds, AnsweredRequests answered, GrantLots lots, Limited limited) {

    public static final AccountState NEW =
            new AccountState(Balance.NONE, HashTreePMap.empty(), AnsweredRequests.NONE, GrantLots.NONE, Limited.NONE);

    /**
     * The state after one more event.
     *
     * @throws IllegalStateException if the event's balance is not what the event makes of this state: the log is broken
     */
    public AccountState evolve(LedgerEvent event) {
        var next =
                switch (event) {
                    case CreditGranted granted ->
                        new AccountState(
                                balance.granted(granted.amountUsd()),
                                openHolds,
                                answered.plus(granted.requestId()),
                                lots.plus(granted),
                                limited);
                    case CreditReserved reserved -> {
                        var counted = limited.counting(reserved);
                        yield new AccountState(
                                balance.reserved(reserved.heldUsd()),
                                openHolds.plus(reserved.requestId(), Hold.of(reserved, counted)),
                                answered,
                                lots,
                                limited.held(counted, reserved.heldUsd()));
                    }
                    case CreditRefused refused ->
                        new AccountState(balance, openHolds, answered.plus(refused.requestId()), lots, limited);
                    case CreditSettled settled ->
                        new AccountState(
                                balance.settled(settled.heldUsd(), settled.chargedUsd(), settled.late()),
                                openHolds.minus(settled.requestId()),
                                answered.plus(settled.requestId()),
                                lots.consumed(consumedBy(settled), settled.chargedUsd()),
                                settledIn(settled));
                    case CreditReleased released ->
                        new AccountState(
                                balance.released(released.releasedUsd()),
                                openHolds.minus(released.requestId()),
                                answered.plus(released.requestId()),
                                lots,
                                limited.ended(countedOf(released.requestId()), released.releasedUsd(), Usd.ZERO, 0));
                    case CreditRevoked revoked ->
                        new AccountState(
                                balance.revoked(revoked.amountUsd()),
                                openHolds,
                                answered.plus(revoked.requestId()),
                                lots.consumed(revoked.consumed(), revoked.amountUsd()),
                                limited);
                    case CreditTransferred transferred ->
                        new AccountState(
                                transferred.side() == TransferSide.OUT
                                        ? balance.revoked(transferred.amountUsd())
                                        : balance.granted(transferred.amountUsd()),
                                openHolds,
                                answered.plus(transferred.requestId()),
                                lots.after(transferred),
                                limited);
                    // The grant has its answer already.
                    case CreditExpired expired ->
                        new AccountState(
                                balance.expired(expired.amountUsd()),
                                openHolds,
                                answered,
                                lots.expired(expired),
                                limited);
                    case ParkedAccountResumed resumed -> this;
                    case InstallationEvent done -> this;
                };
        if (!next.balance.equals(event.balance())) {
            throw new IllegalStateException("The log of " + event.accountId() + " must state what its events make, "
                    + next.balance + ", and states " + event.balance() + ".");
        }
        return next;
    }

    private Limited settledIn(CreditSettled settled) {
        return settled.late()
                ? limited.late(settled)
                : limited.ended(
                        countedOf(settled.requestId()),
                        settled.heldUsd(),
                        settled.chargedUsd(),
                        settled.usage().promptTokens() + settled.usage().completionTokens());
    }

    private @Nullable Counted countedOf(UUID requestId) {
        var hold = openHolds.get(requestId);
        return hold == null ? null : hold.counted();
    }

    /** As the event says; older events say nothing, and what was charged consumed grants by the rule of today. */
    private List<GrantConsumed> consumedBy(CreditSettled settled) {
        return settled.consumed() == null ? lots.toConsume(settled.chargedUsd()) : settled.consumed();
    }
}
