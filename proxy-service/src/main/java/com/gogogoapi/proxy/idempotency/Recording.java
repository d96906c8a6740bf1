package com.gogogoapi.proxy.idempotency;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** An answer's bytes up to a bound, compressed as they come; beyond it none of them. One thread writes, any may ask. */
final class Recording {

    private final int maxBytes;
    private ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private OutputStream gzip = gzip(compressed);
    private long bytes;
    private volatile boolean isTooLarge;

    Recording(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    private static OutputStream gzip(ByteArrayOutputStream to) {
        try {
            return new GZIPOutputStream(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(byte[] from, int offset, int length) {
        if (isTooLarge) {
            return;
        }
        bytes += length;
        if (bytes > maxBytes) {
            isTooLarge = true;
            compressed = new ByteArrayOutputStream(0);
            gzip = OutputStream.nullOutputStream();
            return;
        }
        try {
            gzip.write(from, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isTooLarge() {
        return isTooLarge;
    }

    /** All of it, which it must not be too large for; nothing can be added any more. */
    byte[] gzipped() {
        try {
            gzip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
