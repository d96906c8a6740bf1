package com.gogogoapi.proxy.upstream;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.ledger.intake.Outcome;

/** The upstream gave nothing that could be passed on: free for the client, and told so. */
public final class UpstreamFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;
    private final transient ApiError error;

    UpstreamFailure(Outcome outcome, ApiError error) {
        super(error.getMessage(), error.getCause(), false, false);
        this.outcome = outcome;
        this.error = error;
    }

    /** The rule that releases the hold. */
    public Outcome outcome() {
        return outcome;
    }

    /** What the client is told. */
    public ApiError error() {
        return error;
    }
}
