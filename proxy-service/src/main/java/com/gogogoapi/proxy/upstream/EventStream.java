package com.gogogoapi.proxy.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event stream event by event, each with the bytes it came in. The format is that of the HTML standard ("Server-sent
 * events", 9.2.6): lines end with CR, LF or both; a blank line ends an event; {@code data} may stand in several lines; a
 * line that begins with a colon is a comment; a byte order mark may come first.
 *
 * <p>A comment between two events is given at once, since it is a sign of life that somebody waits for.
 */
public final class EventStream {

    /** The longest event accepted; a chunk is some hundred bytes. */
    static final int MAX_EVENT_BYTES = 4 * 1024 * 1024;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** An event as it comes in, looked into without a copy for every line. */
    private static final class Bytes extends ByteArrayOutputStream {

        Bytes() {
            super(512);
        }

        boolean isBlankAt(int position) {
            return isBlank(buf, position);
        }

        boolean isCommentAt(int position) {
            return buf[position] == ':';
        }
    }

    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private int at;
    private int end;
    private boolean begun;
    private boolean afterReturn;

    public EventStream(InputStream in) {
        this.in = in;
    }

    /** The next event; null at the end of the stream. */
    public @Nullable StreamEvent next() throws IOException {
        var event = new Bytes();
        while (true) {
            if (lineFeedFollowsReturn()) {
                if (event.size() == 0) {
                    return new StreamEvent(new byte[] {'\n'}, null, null, true, true);
                }
                event.write('\n');
            }
            var from = event.size();
            var ended = readLine(event);
            if (from == event.size()) {
                return from == 0 ? null : parsed(event.toByteArray(), false);
            }
            if (event.isBlankAt(from)) {
                return parsed(event.toByteArray(), true);
            }
            if (from == 0 && event.isCommentAt(0) && ended) {
                return new StreamEvent(event.toByteArray(), null, null, true, true);
            }
            if (!ended) {
                return parsed(event.toByteArray(), false);
            }
        }
    }

    /** @return whether the line's end came */
    private boolean readLine(Bytes line) throws IOException {
        while (true) {
            if (at == end && !fill()) {
                return false;
            }
            var from = at;
            while (at < end && buffer[at] != '\n' && buffer[at] != '\r') {
                at++;
            }
            line.write(buffer, from, at - from);
            if (line.size() > MAX_EVENT_BYTES) {
                throw new IOException("An event must have at most " + MAX_EVENT_BYTES + " bytes.");
            }
            if (at < end) {
                var lineEnd = buffer[at++];
                line.write(lineEnd);
                afterReturn = lineEnd == '\r';
                if (afterReturn && at < end && lineFeedFollowsReturn()) {
                    line.write('\n');
                }
                return true;
            }
        }
    }

    /** The second half of a line's end, which is not waited for before the line is used. */
    private boolean lineFeedFollowsReturn() throws IOException {
        if (!afterReturn || (at == end && !fill())) {
            return false;
        }
        afterReturn = false;
        if (buffer[at] != '\n') {
            return false;
        }
        at++;
        return true;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        if (!begun && end > 0) {
            begun = true;
            if (end >= 3
                    && buffer[0] == BYTE_ORDER_MARK[0]
                    && buffer[1] == BYTE_ORDER_MARK[1]
                    && buffer[2] == BYTE_ORDER_MARK[2]) {
                at = 3;
                return at < end || fill();
            }
        }
        return end > 0;
    }

    private static StreamEvent parsed(byte[] raw, boolean isWhole) {
        String type = null;
        var isReadable = true;
        var data = new ArrayList<String>(1);
        for (var from = 0; from < raw.length; ) {
            var to = endOfLine(raw, from);
            if (isField(raw, from, to, "data")) {
                data.add(value(raw, from, to, "data"));
            } else if (isField(raw, from, to, "event")) {
                type = value(raw, from, to, "event");
            } else {
                isReadable &= isIgnored(raw, from, to);
            }
            from = to;
        }
        return new StreamEvent(raw, type, data.isEmpty() ? null : String.join("\n", data), isWhole, isReadable);
    }

    /** Whether a line has its place in an event stream, though no meaning here. */
    private static boolean isIgnored(byte[] bytes, int from, int to) {
        return isBlank(bytes, from)
                || bytes[from] == ':'
                || isField(bytes, from, to, "id")
                || isField(bytes, from, to, "retry");
    }

    /** Where the line that begins there ends, its line end included. */
    static int endOfLine(byte[] bytes, int from) {
        var to = from;
        while (to < bytes.length && bytes[to] != '\n' && bytes[to] != '\r') {
            to++;
        }
        if (to < bytes.length) {
            to += bytes[to] == '\r' && to + 1 < bytes.length && bytes[to + 1] == '\n' ? 2 : 1;
        }
        return to;
    }

    static boolean isField(byte[] bytes, int from, int to, String name) {
        if (to - from < name.length()) {
            return false;
        }
        for (var i = 0; i < name.length(); i++) {
            if (bytes[from + i] != name.charAt(i)) {
                return false;
            }
        }
        var after = from + name.length();
        return after == to || bytes[after] == ':' || bytes[after] == '\n' || bytes[after] == '\r';
    }

    /** What follows the colon, without one space before it and without the line's end. */
    private static String value(byte[] bytes, int from, int to, String name) {
        var start = Math.min(to, from + name.length() + 1);
        if (start < to && bytes[start] == ' ') {
            start++;
        }
        var stop = to;
        while (stop > start && (bytes[stop - 1] == '\n' || bytes[stop - 1] == '\r')) {
            stop--;
        }
        return new String(bytes, start, stop - start, UTF_8);
    }

    private static boolean isBlank(byte[] bytes, int from) {
        return bytes[from] == '\n' || bytes[from] == '\r';
    }
}
