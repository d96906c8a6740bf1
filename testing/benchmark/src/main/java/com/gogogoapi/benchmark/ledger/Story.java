package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.ledger.account.AccountState;
import com.gogogoapi.ledger.account.CreditDecisions;
import com.gogogoapi.ledger.account.Decision;
import com.gogogoapi.ledger.account.EventIds;
import com.gogogoapi.ledger.account.HoldPolicy;
import com.gogogoapi.ledger.log.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One account's events as the ledger's own rules make them, without a ledger around: the one place that calls the rules. */
final class Story {

    private static final CreditDecisions RULES = new CreditDecisions(new HoldPolicy(Duration.ofMinutes(15), 10_000));

    private final AccountId account;
    private AccountState state = AccountState.NEW;
    private long seq = -1;

    Story(AccountId account) {
        this.account = account;
    }

    /** Decides and evolves. Every record has to bring an event. */
    LedgerEvent decide(CreditIntake intake, Instant at) {
        // A request's history is asked for where its id is older than what the account remembers: here it has none.
        var decision = RULES.decide(state, intake, at, null);
        if (decision instanceof Decision.NeedsHistory) {
            decision = RULES.decide(state, intake, at, List.of());
        }
        if (!(decision instanceof Decision.NewEvent(LedgerEvent event))) {
            throw new IllegalStateException("Every record must bring an event; " + intake + " brought " + decision);
        }
        state = state.evolve(event);
        seq++;
        return event;
    }

    /**
     * As the ledger would store the last event, if this account were alone in its shard from some position on.
     *
     * @param before how many events the shard has before this story
     */
    StoredEvent row(int shard, long before, LedgerEvent event, Instant at) {
        return new StoredEvent(
                shard,
                before + seq + 1,
                account.value(),
                seq,
                EventIds.of(event),
                EventType.of(event).wireName(),
                EventJson.write(event),
                TimeOrderedIds.next(),
                null,
                at.toEpochMilli());
    }

    AccountState state() {
        return state;
    }

    /** The number of the last event, from 0. */
    long seq() {
        return seq;
    }
}
