package com.gogogoapi.funding.rpc;

import org.jspecify.annotations.Nullable;

/** A node did not say what it was asked. The message is for operators and names no address, which may have a key in it. */
public final class RpcException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is to be done about it. */
    public enum Kind {
        /** It is not there, or wants to be left alone for now: later, or another node. */
        AWAY,
        /** It took too long: less at a time. */
        SLOW,
        /** It would not: less at a time, or another node. */
        REFUSED,
        /** What it said cannot be read: another node. */
        UNREADABLE
    }

    private final Kind kind;

    public RpcException(Kind kind, String message) {
        this(kind, message, null);
    }

    RpcException(Kind kind, String message, @Nullable Exception cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether less at a time may do. */
    public boolean mayBeTooMuch() {
        return kind != Kind.AWAY;
    }
}
