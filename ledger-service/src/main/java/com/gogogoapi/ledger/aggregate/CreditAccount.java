package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.CreditDecisions;
import com.gogogoapi.ledger.account.Decision;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;

/**
 * An account as an Axon aggregate. Thin: what is decided and what it means are {@link CreditDecisions} and
 * {@link AccountState}; here is only what Axon needs to call them.
 */
@AggregateRoot(type = "CreditAccount")
public class CreditAccount {

    /** The key of the event's metadata under which the {@link Decide} travels that caused it. */
    public static final String CAUSE = "cause";

    @AggregateIdentifier
    private String accountId;

    private AccountState state;

    /** An account in a known state; a new one is in {@link AccountState#NEW}. */
    public CreditAccount(String accountId, AccountState state) {
        this.accountId = accountId;
        this.state = state;
    }

    CommandResult decide(Decide command, CreditDecisions decisions) {
        var decision = decisions.decide(state, command.intake(), command.at(), command.history());
        if (decision instanceof Decision.NewEvent(LedgerEvent event)) {
            AggregateLifecycle.apply(event, MetaData.with(CAUSE, command));
        }
        var seq = AggregateLifecycle.getVersion();
        return new CommandResult(decision, state, seq == null ? -1 : seq);
    }

    @EventSourcingHandler
    void on(LedgerEvent event) {
        state = state.evolve(event);
    }
}
