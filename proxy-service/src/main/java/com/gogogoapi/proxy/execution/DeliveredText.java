package com.gogogoapi.proxy.execution;

/** What the upstream generated so far, kept to be counted if it never says how much it was. */
public final class DeliveredText {

    /** Beyond the longest completion there is. */
    private static final int MAX_CHARS = 4 * 1024 * 1024;

    private final StringBuilder text = new StringBuilder();
    private long pieces;

    /** Adds a piece as it came; an empty one is none. */
    public void append(String piece) {
        if (!piece.isEmpty()) {
            pieces++;
            if (text.length() < MAX_CHARS) {
                text.append(piece);
            }
        }
    }

    boolean isEmpty() {
        return pieces == 0;
    }

    /** How many pieces it came in: about one a token, and all there is to go by if counting fails. */
    long pieces() {
        return pieces;
    }

    String text() {
        return text.toString();
    }
}
