package com.gogogoapi.proxy.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One event of an event stream, or a comment that stands by itself.
 *
 * @param raw its bytes as they came, to the blank line that ends it; a comment's line alone
 * @param type what its {@code event} field says; null if it has none
 * @param data its {@code data} fields, joined by line feeds; null if it has none, as comments
 * @param isWhole whether its blank line came: by the standard an event that the end of the stream cuts off is none
 * @param isReadable whether every line of it is one of the format's
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record StreamEvent(
        byte[] raw, @Nullable String type, @Nullable String data, boolean isWhole, boolean isReadable) {

    /** An event with other data, and with all else that this one says. */
    public byte[] rawWithData(byte[] newData) {
        var out = new ByteArrayOutputStream(raw.length + newData.length);
        var placed = false;
        for (var from = 0; from < raw.length; ) {
            var to = EventStream.endOfLine(raw, from);
            if (EventStream.isField(raw, from, to, "data")) {
                if (!placed) {
                    out.writeBytes("data: ".getBytes(UTF_8));
                    out.writeBytes(newData);
                    out.write('\n');
                    placed = true;
                }
            } else {
                out.write(raw, from, to - from);
            }
            from = to;
        }
        return out.toByteArray();
    }
}
