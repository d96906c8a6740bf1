package com.gogogoapi.ledger.checkpoint;

/** What was signed before, and is kept outside the database, is not what the database says. Trying again will not help. */
final class ContradictionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ContradictionException(String message) {
        super(message);
    }

    ContradictionException(String message, Throwable cause) {
        super(message, cause);
    }
}
