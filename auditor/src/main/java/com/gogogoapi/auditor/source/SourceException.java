package com.gogogoapi.auditor.source;

/** What was to be audited cannot be read. This says nothing about whether it is right. */
public final class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SourceException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }

    public SourceException(String message) {
        super(message);
    }
}
