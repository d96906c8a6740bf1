package com.gogogoapi.proxy.execution;

/**
 * What the upstream generated so far, kept to be counted if it never says how much it was. One thread appends to it; another
 * may read it, to note how far it is.
 */
public final class DeliveredText {

    /** Beyond the longest completion there is. */
    private static final int MAX_CHARS = 4 * 1024 * 1024;

    private final StringBuilder text = new StringBuilder();
    private long pieces;

    /**
     * What came after some point.
     *
     * @param text what can be counted
     * @param pieces how many it came in: about one a token, and all there is to go by if counting fails
     */
    record Part(String text, long pieces) {}

    /** Adds a piece as it came; an empty one is none. */
    public synchronized void append(String piece) {
        if (!piece.isEmpty()) {
            pieces++;
            if (text.length() < MAX_CHARS) {
                text.append(piece);
            }
        }
    }

    synchronized boolean isEmpty() {
        return pieces == 0;
    }

    Part all() {
        return after(0, 0);
    }

    /** What came after so many characters, which came in so many pieces. */
    synchronized Part after(int chars, long piecesBefore) {
        return new Part(text.substring(chars), pieces - piecesBefore);
    }
}
