package com.gogogoapi.auditor.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.evidence.log.LogRowJson;
import com.gogogoapi.evidence.log.Sha256;
import com.gogogoapi.evidence.signing.SignedText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A whole log as a folder of JSON lines:
 *
 * <pre>
 * installation.json   {"format","shards"}
 * checkpoints.jsonl   {"payload","signature"}
 * shard-00.jsonl      {"kind":"end",…} first, which says where links begin to be of one event each; then {"kind":"event",…}, and {"kind":"batch",…} after each batch
 * </pre>
 */
public final class Export {

    static final String FORMAT = "gogogoapi-export-v2";

    /** Of logs whose chains had one link a batch only. */
    static final String FIRST_FORMAT = "gogogoapi-export-v1";

    static final String INSTALLATION = "installation.json";
    static final String CHECKPOINTS = "checkpoints.jsonl";

    private Export() {}

    record InstallationJson(String format, int shards) {}

    record EndJson(
            String kind,
            @JsonProperty("last_sequence") long lastPos,
            String head,

            @JsonProperty("per_event_after") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long perEventAfter) {
        static final String KIND = "end";

        static EndJson of(ShardEnd end) {
            return new EndJson(
                    KIND,
                    end.lastPos(),
                    Sha256.hex(end.head()),
                    end.perEventAfter() == ShardEnd.NEVER ? null : end.perEventAfter());
        }

        ShardEnd end() {
            return new ShardEnd(lastPos, Sha256.parse(head), perEventAfter == null ? ShardEnd.NEVER : perEventAfter);
        }
    }

    record LinkJson(
            String kind,
            @JsonProperty("first_sequence") long firstPos,
            @JsonProperty("last_sequence") long lastPos,
            String hash) {
        static final String KIND = "batch";
    }

    static Path shardFile(Path folder, int shard) {
        return folder.resolve("shard-" + (shard < 10 ? "0" : "") + shard + ".jsonl");
    }

    /**
     * Writes all of it.
     *
     * @param folder must not exist, or be empty
     * @return the number of events
     */
    public static long write(LogSource source, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var present = Files.list(folder)) {
            if (present.findAny().isPresent()) {
                throw new SourceException("The folder must be empty: " + folder);
            }
        }
        var json = EventJson.mapper();
        Files.writeString(
                folder.resolve(INSTALLATION),
                json.writeValueAsString(new InstallationJson(FORMAT, source.shards())) + "\n");
        writeCheckpoints(source, folder.resolve(CHECKPOINTS));
        var events = 0L;
        for (var shard = 0; shard < source.shards(); shard++) {
            try (var reader = source.shard(shard);
                    var out = Files.newBufferedWriter(shardFile(folder, shard), UTF_8)) {
                events += writeShard(reader, out);
            }
        }
        return events;
    }

    /** The checkpoints alone, a line each: what an auditor takes home. */
    public static long writeCheckpoints(LogSource source, Path file) throws IOException {
        var count = 0L;
        try (var checkpoints = source.checkpoints();
                var out = Files.newBufferedWriter(file, UTF_8)) {
            for (var next = checkpoints.next(); next != null; next = checkpoints.next()) {
                line(out, next);
                count++;
            }
        }
        return count;
    }

    private static long writeShard(LogSource.ShardReader reader, BufferedWriter out) throws IOException {
        line(out, EndJson.of(reader.end()));
        var events = 0L;
        try (var rows = reader.rows();
                var links = reader.links()) {
            var link = links.next();
            for (var row = rows.next(); row != null; row = rows.next()) {
                out.write(LogRowJson.write(row));
                out.write('\n');
                events++;
                while (link != null && link.lastPos() <= row.pos()) {
                    link = writeLink(out, link, links);
                }
            }
            while (link != null) {
                link = writeLink(out, link, links);
            }
        }
        return events;
    }

    private static @Nullable Link writeLink(BufferedWriter out, Link link, Cursor<Link> links) throws IOException {
        line(out, new LinkJson(LinkJson.KIND, link.firstPos(), link.lastPos(), Sha256.hex(link.hash())));
        return links.next();
    }

    private static void line(BufferedWriter out, Object value) throws IOException {
        out.write(EventJson.mapper().writeValueAsString(value));
        out.write('\n');
    }

    /** The signed texts of a file of JSON lines. */
    public static Cursor<SignedText> readSigned(Path file) {
        return new Lines<>(file, "", line -> EventJson.mapper().readValue(line, SignedText.class));
    }
}
