package com.gogogoapi.ledger.aggregate;

import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.common.IdentifierFactory;

/**
 * Identifies Axon's messages within this process by number. Nobody outside ever sees them: an event's identity is its
 * request's ({@link com.gogogoapi.ledger.account.EventIds}), and random ids cost as much as deciding does.
 */
public final class MessageNumbers extends IdentifierFactory {

    private static final AtomicLong LAST = new AtomicLong();

    @Override
    public String generateIdentifier() {
        return Long.toString(LAST.incrementAndGet());
    }
}
