package com.gogogoapi.auditor.source;

import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.evidence.log.LogRow;
import com.gogogoapi.evidence.log.LogRowJson;
import com.gogogoapi.evidence.log.Sha256;
import com.gogogoapi.evidence.signing.SignedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A folder that {@link Export} wrote, wherever it is by now. */
public final class ExportSource implements LogSource {

    private final Path folder;
    private final int shards;

    public ExportSource(Path folder) {
        this.folder = folder;
        try {
            var installation = EventJson.mapper()
                    .readValue(Files.readString(folder.resolve(Export.INSTALLATION)), Export.InstallationJson.class);
            if (!List.of(Export.FORMAT, Export.FIRST_FORMAT).contains(installation.format())) {
                throw new SourceException(folder + " must be a " + Export.FORMAT + " or a " + Export.FIRST_FORMAT
                        + ", not a " + installation.format() + ".");
            }
            shards = installation.shards();
        } catch (IOException | JacksonException e) {
            throw new SourceException(folder + " must be an export", e);
        }
    }

    @Override
    public String name() {
        return "export";
    }

    @Override
    public int shards() {
        return shards;
    }

    @Override
    public ShardReader shard(int shard) {
        var file = Export.shardFile(folder, shard);
        return new ShardReader() {
            @Override
            public ShardEnd end() {
                try (var ends = new Lines<>(file, prefix(Export.EndJson.KIND), line -> EventJson.mapper()
                        .readValue(line, Export.EndJson.class))) {
                    var end = ends.next();
                    if (end == null) {
                        throw new SourceException(file + " must say where it ends.");
                    }
                    return end.end();
                }
            }

            @Override
            public Cursor<LogRow> rows() {
                return new Lines<>(file, prefix(LogRowJson.KIND), LogRowJson::read);
            }

            @Override
            public Cursor<LogRow> rowsAfter(long pos) {
                return filtered(rows(), row -> row.pos() > pos);
            }

            @Override
            public Cursor<Link> links() {
                return new Lines<>(file, prefix(Export.LinkJson.KIND), line -> {
                    var link = EventJson.mapper().readValue(line, Export.LinkJson.class);
                    return new Link(link.firstPos(), link.lastPos(), Sha256.parse(link.hash()));
                });
            }

            @Override
            public void close() {
                // Each cursor closes its file.
            }
        };
    }

    private static String prefix(String kind) {
        return "{\"kind\":\"" + kind + "\"";
    }

    @Override
    public Cursor<LogRow> account(String accountId) {
        return filtered(shard(Shards.of(accountId, shards)).rows(), row -> row.accountId()
                .equals(accountId));
    }

    private static Cursor<LogRow> filtered(Cursor<LogRow> rows, Predicate<LogRow> wanted) {
        return new Cursor<>() {
            @Override
            public @Nullable LogRow next() {
                for (var row = rows.next(); row != null; row = rows.next()) {
                    if (wanted.test(row)) {
                        return row;
                    }
                }
                return null;
            }

            @Override
            public void close() {
                rows.close();
            }
        };
    }

    @Override
    public Cursor<SignedText> checkpoints() {
        return Export.readSigned(folder.resolve(Export.CHECKPOINTS));
    }

    @Override
    public Map<String, Long> storedStates() {
        return Map.of();
    }

    @Override
    public Optional<StoredState> storedState(String accountId) {
        return Optional.empty();
    }

    @Override
    public void close() {
        // Each cursor closes its file.
    }
}
