package com.gogogoapi.auditor.chain;

/** A node would not answer, or took too long: less at a time may do. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
