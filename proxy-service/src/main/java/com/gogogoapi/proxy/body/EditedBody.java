package com.gogogoapi.proxy.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;

/**
 * A body with some of its fields replaced: byte for byte as it came where it is not. Nothing of it is copied, neither when
 * it is edited nor when it is sent.
 */
public final class EditedBody {

    /** From where to where in the body, and what comes in place of what is left out after it. */
    @SuppressWarnings("ArrayRecordComponent") // written, never compared
    private record Kept(int from, int to, byte[] after) {

        Kept(int from, int to) {
            this(from, to, NOTHING);
        }
    }

    /**
     * Something within a field that the upstream gets otherwise.
     *
     * @param from where it begins in the body
     * @param to where it ends; the same where something is put in
     */
    public record Edit(int from, int to, String text) {}

    private static final byte[] NOTHING = {};

    private final RequestBody body;
    private final List<Kept> kept;
    private final byte[] added;

    private EditedBody(RequestBody body, List<Kept> kept, byte[] added) {
        this.body = body;
        this.kept = kept;
        this.added = added;
    }

    /**
     * The body without some fields, and with others at its end.
     *
     * @param removed of the fields that were looked for
     * @param added a JSON object
     */
    public static EditedBody of(RequestBody body, BodyFields fields, Set<String> removed, byte[] added) {
        return of(body, fields, removed, added, List.of());
    }

    /**
     * The same, also edited within fields that stay.
     *
     * @param edits in the order of the body
     */
    public static EditedBody of(
            RequestBody body, BodyFields fields, Set<String> removed, byte[] added, List<Edit> edits) {
        var kept = new ArrayList<Kept>();
        var from = fields.start();
        var removedSoFar = 0;
        for (var field : fields.fields()) {
            if (removed.contains(field.name())) {
                // Its comma goes with it: the one before it, or where nothing is left before it, the one after.
                var isFirst = field.number() == removedSoFar;
                kept.add(new Kept(from, isFirst ? Math.max(from, field.start()) : field.before()));
                from = isFirst ? field.next() : field.end();
                removedSoFar++;
            }
        }
        kept.add(new Kept(from, Math.max(from, fields.end())));
        var separator = fields.count() > removedSoFar ? "," : "";
        var members = new String(added, UTF_8).substring(1);
        return new EditedBody(body, edited(kept, edits), (separator + members).getBytes(UTF_8));
    }

    private static List<Kept> edited(List<Kept> kept, List<Edit> edits) {
        if (edits.isEmpty()) {
            return List.copyOf(kept);
        }
        var parts = new ArrayList<Kept>();
        var next = 0;
        for (var part : kept) {
            var from = part.from();
            for (; next < edits.size() && edits.get(next).to() <= part.to(); next++) {
                var edit = edits.get(next);
                parts.add(new Kept(from, edit.from(), edit.text().getBytes(UTF_8)));
                from = edit.to();
            }
            parts.add(new Kept(from, part.to()));
        }
        return List.copyOf(parts);
    }

    public long size() {
        return kept.stream()
                        .mapToLong(part -> part.to() - part.from() + part.after().length)
                        .sum()
                + added.length;
    }

    /** Its bytes, from the beginning each time. */
    public InputStream stream() {
        var bytes = body.bytes();
        var parts = new ArrayDeque<InputStream>();
        for (var part : kept) {
            parts.add(new ByteArrayInputStream(bytes, part.from(), part.to() - part.from()));
            parts.add(new ByteArrayInputStream(part.after()));
        }
        parts.add(new ByteArrayInputStream(added));
        return new SequenceInputStream(new Remaining(parts));
    }

    void writeTo(ByteArrayOutputStream out) {
        var bytes = body.bytes();
        for (var part : kept) {
            out.write(bytes, part.from(), part.to() - part.from());
            out.writeBytes(part.after());
        }
        out.writeBytes(added);
    }

    /** Whoever keeps the stream for longer than it lasts keeps nothing of the body. */
    private record Remaining(Deque<InputStream> parts) implements Enumeration<InputStream> {

        @Override
        public boolean hasMoreElements() {
            return !parts.isEmpty();
        }

        @Override
        public InputStream nextElement() {
            return parts.removeFirst();
        }
    }

    @Override
    public String toString() {
        var all = new ByteArrayOutputStream();
        writeTo(all);
        return all.toString(UTF_8);
    }
}
