package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.CreditDecisions;
import com.gogogoapi.ledger.account.Decision;
import java.util.function.Function;
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
        if (!(command.intake() instanceof CreditIntake intake)) {
            throw new IllegalArgumentException("An account must be asked for something of its credit: " + command);
        }
        return take(command, decisions.decide(state, intake, command.at(), command.history()));
    }

    /** Something that is in the account's story and was decided elsewhere. */
    CommandResult append(Decide command, Function<Balance, LedgerEvent> event) {
        return take(command, new Decision.NewEvent(event.apply(state.balance())));
    }

    private CommandResult take(Decide command, Decision decision) {
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
