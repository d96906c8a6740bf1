package com.gogogoapi.auditor.source;

import org.jspecify.annotations.Nullable;

/** Reads forward, a page in memory at a time. */
public interface Cursor<T> extends AutoCloseable {

    /**
     * The next one, or null after the last.
     *
     * @throws SourceException if it cannot be read
     */
    @Nullable
    T next();

    @Override
    void close();

    /** A cursor over nothing. */
    static <T> Cursor<T> empty() {
        return new Cursor<>() {
            @Override
            public @Nullable T next() {
                return null;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
