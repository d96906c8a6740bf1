package com.gogogoapi.proxy.upstream;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.outcome.Ending;

/** The upstream gave nothing that could be passed on: free for the client, and told so. */
public final class UpstreamFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final Ending ending;
    private final transient ApiError error;

    UpstreamFailure(Ending ending, ApiError error) {
        super(error.getMessage(), error.getCause(), false, false);
        this.ending = ending;
        this.error = error;
    }

    /** How it ended: what the rule goes by that releases the hold. */
    public Ending ending() {
        return ending;
    }

    /** What the client is told. */
    public ApiError error() {
        return error;
    }
}
