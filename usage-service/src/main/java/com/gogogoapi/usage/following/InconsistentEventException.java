package com.gogogoapi.usage.following;

/** An event that cannot be: after it, sums would be wrong without anybody seeing it. */
public final class InconsistentEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InconsistentEventException(String message) {
        super(message);
    }
}
