package com.gogogoapi.proxy.execution;

/** What the upstream sent with status 200 is no answer of its protocol, though it may say why. */
public final class NotAnAnswer extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean statesError;

    /**
     * @param reason for the client
     * @param statesError whether the upstream says by itself that it failed, so that nothing was billed
     */
    public NotAnAnswer(String reason, boolean statesError) {
        super(reason, null, false, false);
        this.statesError = statesError;
    }

    boolean statesError() {
        return statesError;
    }
}
