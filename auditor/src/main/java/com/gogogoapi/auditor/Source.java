package com.gogogoapi.auditor;

import com.gogogoapi.evidence.signing.VerifyingKey;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where a command line says that the log is. */
final class Source {

    private static final class Place {

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description =
                        "An installation's data folder, running or stopped. Default: data, in the current folder.")
        private Path data = Path.of("data");

        @Option(names = "--jdbc", paramLabel = "URL", description = "A PostgreSQL database, by its JDBC address.")
        private @Nullable String jdbc;

        @Option(names = "--export", paramLabel = "FOLDER", description = "What export --format jsonl wrote.")
        private @Nullable Path export;
    }

    @ArgGroup(heading = "%nWhat is audited, one of:%n", order = 10)
    private Place place = new Place();

    @Option(
            names = "--kafka",
            paramLabel = "FILE",
            order = 20,
            description =
                    "The brokers that have its topics: a file of bootstrap.servers and how to log in, as Kafka's own tools"
                            + " take it, or HOST:PORT where Kafka asks nobody. Default: those of the data folder; none with --jdbc and"
                            + " --export, and then the log alone is read.")
    private @Nullable String kafka;

    Optional<String> jdbc() {
        return Optional.ofNullable(place.jdbc);
    }

    Optional<Path> export() {
        return Optional.ofNullable(place.export);
    }

    /** The data folder, where it is neither a database nor an export. */
    Path data() {
        return place.data.toAbsolutePath();
    }

    Optional<String> kafka() {
        return Optional.ofNullable(kafka);
    }

    /** Opens it; what reads no signature gives no keys. */
    Opened open() throws IOException, SQLException {
        return open(List.of());
    }

    /** @param keys by which checkpoints must be signed; empty for the one that lies beside the data */
    Opened open(List<VerifyingKey> keys) throws IOException, SQLException {
        return Opened.of(this, keys);
    }
}
