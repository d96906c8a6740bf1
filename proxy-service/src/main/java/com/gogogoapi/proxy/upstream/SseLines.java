package com.gogogoapi.proxy.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads a stream line by line, each with its line end, as the bytes it came in. */
public final class SseLines {

    /** The longest line accepted; a chunk is some hundred bytes. */
    static final int MAX_LINE_BYTES = 4 * 1024 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private int at;
    private int end;

    public SseLines(InputStream in) {
        this.in = in;
    }

    /** The next line, or null at the end of the stream; a last line may lack its line end. */
    public byte @Nullable [] next() throws IOException {
        var line = new ByteArrayOutputStream(256);
        while (true) {
            if (at == end) {
                at = 0;
                end = in.read(buffer);
                if (end < 0) {
                    end = 0;
                    return line.size() == 0 ? null : line.toByteArray();
                }
            }
            var from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            var ended = at < end;
            if (ended) {
                at++;
            }
            line.write(buffer, from, at - from);
            if (line.size() > MAX_LINE_BYTES) {
                throw new IOException("A line must have at most " + MAX_LINE_BYTES + " bytes.");
            }
            if (ended) {
                return line.toByteArray();
            }
        }
    }
}
