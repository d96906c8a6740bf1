package com.gogogoapi.funding.x402;

/** A payment that is not taken: nothing of it was, nor will be by us. */
final class PaymentRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason by the names of x402's specification, for programs; the message is for people */
    PaymentRefusedException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
