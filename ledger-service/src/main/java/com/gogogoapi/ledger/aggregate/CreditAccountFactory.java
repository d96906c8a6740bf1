package com.gogogoapi.ledger.aggregate;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.AbstractAggregateFactory;
import org.axonframework.modelling.command.inspection.AggregateModel;

/** Makes accounts from what {@link LedgerStorageEngine#readSnapshot} gives, which is always a whole account. */
final class CreditAccountFactory extends AbstractAggregateFactory<CreditAccount> {

    CreditAccountFactory(AggregateModel<CreditAccount> model) {
        super(model);
    }

    @Override
    protected CreditAccount doCreateAggregate(String accountId, DomainEventMessage firstEvent) {
        throw new IllegalStateException(
                "Every account must begin with a snapshot, be it that of a new one: " + accountId);
    }
}
