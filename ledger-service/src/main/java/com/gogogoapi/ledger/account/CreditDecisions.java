package com.gogogoapi.ledger.account;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.CreditRevocationRequested;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import com.gogogoapi.contracts.ledger.intake.GrantRequested;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import java.time.Instant;
import java.util.List;
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
 * A record that repeats an answered one gets the first answer again. On what conditions a hold, a grant, a revocation or a
 * transfer is had at all are lists of {@link Policy policies}.
 */
public final class CreditDecisions {

    private final Reserving reserving;

    /** @param holds what the installation chooses of the rules */
    public CreditDecisions(HoldPolicy holds) {
        this.reserving = new Reserving(holds);
    }

    /**
     * @param at the broker's time of the record
     * @param history this request's events so far, oldest first; null on the first try, given after
     *     {@link Decision.NeedsHistory}
     */
    public Decision decide(AccountState state, CreditIntake intake, Instant at, @Nullable List<LedgerEvent> history) {
        return switch (intake) {
            case QuoteRequested quote -> reserving.decide(state, quote, at, history);
            case UpstreamCompleted completed -> Completing.decide(state, completed, at, history);
            case HoldExpiryDue due -> Expiring.decide(state, due, at);
            case GrantRequested grant -> Granting.decide(state, grant, at, history);
            case GrantExpiryDue due -> Expiring.decide(state, due, at);
            case CreditRevocationRequested revocation -> Revoking.decide(state, revocation, at, history);
            case CreditTransferRequested transfer -> Transferring.decide(state, transfer, at, history);
        };
    }
}
