package com.gogogoapi.ledger.account;

import static com.gogogoapi.ledger.account.Policy.refuseIf;

import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.CreditTransferRequested;
import com.gogogoapi.contracts.ledger.intake.TransferSide;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Credit leaves an account for another one, all of it or nothing, or arrives there. Whether what arrives has left is not this
 * shard's to know: who orders it makes sure of it, and every audit checks it. What would expire does not move: it would live for
 * ever where it arrives.
 */
final class Transferring {

    private static final Policy<CreditTransferRequested> ALL_OF_IT_AVAILABLE = (state, transfer, at) -> refuseIf(
            transfer.side() == TransferSide.OUT
                    && state.balance().availableUsd().isLessThan(transfer.amountUsd()),
            RefusalReason.INSUFFICIENT_CREDIT);

    private static final Policy<CreditTransferRequested> ALL_OF_IT_LASTING = (state, transfer, at) -> refuseIf(
            transfer.side() == TransferSide.OUT && state.lots().lastingUsd().isLessThan(transfer.amountUsd()),
            RefusalReason.NOT_TRANSFERABLE);

    private static final Policy<CreditTransferRequested> POLICIES =
            Policy.inOrder(ALL_OF_IT_AVAILABLE, ALL_OF_IT_LASTING);

    private Transferring() {}

    static Decision decide(
            AccountState state, CreditTransferRequested transfer, Instant at, @Nullable List<LedgerEvent> history) {
        var first = FirstAnswer.to(transfer, state, history);
        return first.isPresent() ? first.get() : decide(state, transfer, at);
    }

    private static Decision decide(AccountState state, CreditTransferRequested transfer, Instant at) {
        var refusal = POLICIES.refusal(state, transfer, at);
        return new Decision.NewEvent(
                refusal.isPresent()
                        ? CreditRefused.of(transfer, refusal.get(), at, state.balance())
                        : transferred(state, transfer, at));
    }

    private static CreditTransferred transferred(AccountState state, CreditTransferRequested transfer, Instant at) {
        var amount = transfer.amountUsd();
        return switch (transfer.side()) {
            case OUT ->
                CreditTransferred.of(
                        transfer,
                        at,
                        state.balance().revoked(amount),
                        state.lots().toTransfer(amount));
            case IN -> CreditTransferred.of(transfer, at, state.balance().granted(amount), null);
        };
    }
}
