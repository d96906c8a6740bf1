package com.gogogoapi.ledger.account;

import com.gogogoapi.contracts.ledger.RefusalReason;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import java.time.Instant;
import java.util.Optional;

/**
 * One condition on which an account gets what it asks for. A value: what a decision demands is a list of them, and one
 * condition more is one entry more. Pure, as the decisions are.
 */
@FunctionalInterface
interface Policy<I extends CreditIntake> {

    /** Why the account does not get that, as far as this condition is concerned; empty if it may. */
    Optional<RefusalReason> refusal(AccountState state, I asked, Instant at);

    /** All of these, asked in this order: the first that refuses decides. */
    @SafeVarargs
    static <I extends CreditIntake> Policy<I> inOrder(Policy<I>... policies) {
        return (state, asked, at) -> {
            for (var policy : policies) {
                var refusal = policy.refusal(state, asked, at);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
            return Optional.empty();
        };
    }

    static Optional<RefusalReason> refuseIf(boolean refused, RefusalReason reason) {
        return refused ? Optional.of(reason) : Optional.empty();
    }
}
