package com.gogogoapi.ledger.account;

import static com.gogogoapi.fixtures.Grants.aGrantOf;
import static com.gogogoapi.fixtures.Requests.ACCOUNT;
import static com.gogogoapi.fixtures.Requests.NOON;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.HoldExpiryDue;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Accounts in a state, by the ledger's own rules. */
public final class Accounts {

    public static final HoldPolicy POLICY = new HoldPolicy(Duration.ofMinutes(15), 10_000);
    public static final CreditDecisions RULES = new CreditDecisions(POLICY);

    private Accounts() {}

    public static AccountState accountWith(String usd) {
        return accountWith(aGrantOf(usd, "opening"));
    }

    /** A new account to which all that has happened, each bringing an event. */
    public static AccountState accountWith(CreditIntake... happened) {
        var state = AccountState.NEW;
        for (var intake : happened) {
            state = apply(state, intake);
        }
        return state;
    }

    /** The state after a record that must bring an event. */
    public static AccountState apply(AccountState state, CreditIntake intake) {
        return state.evolve(eventOf(state, intake, NOON));
    }

    /** The event that a record brings whose request is certainly new, or has a hold. */
    public static LedgerEvent eventOf(AccountState state, CreditIntake intake, Instant at) {
        return eventOf(RULES.decide(state, intake, at, null));
    }

    public static LedgerEvent eventOf(Decision decision) {
        if (decision instanceof Decision.NewEvent(LedgerEvent event)) {
            return event;
        }
        throw new AssertionError("nothing was decided: " + decision);
    }

    /** The word that the hold of that request, which began at noon, is over. */
    public static HoldExpiryDue theExpiryOf(UUID request) {
        return new HoldExpiryDue(ACCOUNT, request, NOON.plus(POLICY.lifetime()));
    }
}
