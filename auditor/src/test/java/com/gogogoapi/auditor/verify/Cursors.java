package com.gogogoapi.auditor.verify;

import com.gogogoapi.auditor.source.Cursor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a test has at hand. */
final class Cursors {

    private Cursors() {}

    static <T> Cursor<T> of(Stream<T> all) {
        var iterator = all.iterator();
        return new Cursor<>() {
            @Override
            public @Nullable T next() {
                return iterator.hasNext() ? iterator.next() : null;
            }

            @Override
            public void close() {}
        };
    }
}
