package com.gogogoapi.ledger.account;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RateExceeded;
import java.util.UUID;

/** What the ledger makes of one intake record. */
public sealed interface Decision {

    /** Something new happened. */
    record NewEvent(LedgerEvent event) implements Decision {}

    /** The record repeats one that has its answer: the first answer is given again, nothing new happens. */
    record Repeated(LedgerEvent firstAnswer) implements Decision {}

    /** The record comes too fast: it is answered, nothing happened, and it may come again. */
    record TooSoon(RateExceeded answer) implements Decision {}

    /** The record asks for something that has no ground, such as completing a request that never had a hold. */
    record Ignored(Reason reason) implements Decision {

        public enum Reason {
            /** A completion of a request that never got a hold: nothing can be charged. */
            NO_HOLD,
            /** An expiry of a hold that has ended, or of a hold or grant that is not over yet. */
            NOT_DUE,
            /** An expiry of a grant of which nothing is left, or that the account never had. */
            NOTHING_LEFT,
            /** An expiry of a grant of which something is left, but held by requests in flight. */
            ALL_HELD
        }
    }

    /** Undecidable from the state alone: decide again with this request's earlier events from the log. */
    record NeedsHistory(UUID requestId) implements Decision {}
}
