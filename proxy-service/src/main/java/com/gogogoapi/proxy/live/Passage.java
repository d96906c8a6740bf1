package com.gogogoapi.proxy.live;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream of another service on its way to a client: read by a thread of its own, so that one that says nothing more is noticed.
 * What the client does not take stays with the service, which bounds it.
 */
final class Passage implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Passage.class);

    private static final int PIECE_BYTES = 8 * 1024;
    private static final int PIECES = 16;
    private static final byte[] END = {};
    private static final byte[] NOTHING = {};

    private final InputStream from;
    private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES);
    private final Thread reader;

    Passage(InputStream from) {
        this.from = from;
        this.reader = Thread.ofVirtual().name("events").start(this::read);
    }

    private void read() {
        var piece = new byte[PIECE_BYTES];
        try {
            for (var length = from.read(piece); length >= 0; length = from.read(piece)) {
                pieces.put(Arrays.copyOf(piece, length));
            }
            pieces.put(END);
        } catch (IOException e) {
            log.debug("the stream broke off", e);
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What comes next, empty if nothing does in that time; null at the end. */
    byte @Nullable [] next(Duration within) throws InterruptedException {
        var piece = pieces.poll(within.toMillis(), TimeUnit.MILLISECONDS);
        return piece == null ? NOTHING : piece == END ? null : piece;
    }

    /** Whatever still comes, the client is told no more. */
    void end() {
        pieces.clear();
        if (!pieces.offer(END)) {
            log.debug("the end comes after what came meanwhile");
        }
    }

    @Override
    public void close() {
        reader.interrupt();
        try {
            from.close();
        } catch (IOException e) {
            log.debug("the stream was broken already", e);
        }
    }
}
