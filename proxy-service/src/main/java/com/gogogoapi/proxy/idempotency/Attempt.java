package com.gogogoapi.proxy.idempotency;

import com.gogogoapi.chassis.requestid.RequestIdFilter;
import com.gogogoapi.chassis.tomcat.ClientConnection;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;

/** One attempt at a request: of one with an idempotency key there may be others, before it, after it and at the same time. */
public interface Attempt {

    /** As which the ledger is asked for it, where no quote says. */
    UUID requestId();

    /** Whether it is asked for under the same id should it come again. */
    boolean isRepeatable();

    /** Where its answer goes. */
    HttpServletResponse response();

    /** Where headers go that are of this moment and not the answer's. */
    HttpServletResponse unrecorded();

    /** Whose leaving ends it. */
    ClientConnection client();

    /**
     * From here on it may be charged.
     *
     * @param requestId as which the ledger holds for it
     * @throws com.gogogoapi.chassis.errors.ApiError 503 if it must not be sent
     */
    void beforeSending(UUID requestId);

    /** Whether its hold is its own to end: that of one that was taken for dead is another's. */
    boolean ownsHold();

    /**
     * It ended by this rule.
     *
     * @param inOrder whether its answer came to its end
     */
    void ended(Outcome outcome, boolean inOrder);

    /** The only one. */
    static Attempt single(HttpServletRequest request, HttpServletResponse response) {
        return new Single(RequestIdFilter.of(request), response, ClientConnection.of(request));
    }

    /** Of a request without a key. */
    record Single(UUID requestId, HttpServletResponse response, ClientConnection client) implements Attempt {

        @Override
        public HttpServletResponse unrecorded() {
            return response;
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public void beforeSending(UUID held) {}

        @Override
        public boolean ownsHold() {
            return true;
        }

        @Override
        public void ended(Outcome outcome, boolean inOrder) {}
    }
}
