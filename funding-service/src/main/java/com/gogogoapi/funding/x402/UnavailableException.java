package com.gogogoapi.funding.x402;

/** Payments cannot be taken just now; of this one nothing was. The message is for operators. */
final class UnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    UnavailableException(String message) {
        super(message);
    }

    UnavailableException(String message, Exception cause) {
        super(message, cause);
    }
}
