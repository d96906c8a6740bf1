package com.gogogoapi.benchmark.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.common.utils.internals.AppInfoParser;

/** What it ran on, as far as the machine says. */
public final class Machine {

    private static final List<String> POSTGRES_SETTINGS = List.of(
            "server_version",
            "fsync",
            "synchronous_commit",
            "full_page_writes",
            "shared_buffers",
            "max_wal_size",
            "wal_sync_method");

    private static final int SYNCS = 200;
    private static final int SYNCED_BYTES = 8_192;

    private Machine() {}

    /** @param folder on the disk that was measured */
    public static String describe(DataSource dataSource, Path folder) throws IOException, SQLException {
        var system = ManagementFactory.getOperatingSystemMXBean();
        var jvmOptions = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X"))
                .collect(Collectors.joining(" "));
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("date", LocalDate.now(ZoneOffset.UTC).toString()));
        rows.add(List.of("processor", cpu() + ", " + system.getAvailableProcessors() + " cores"));
        rows.add(List.of("memory", memory()));
        rows.add(List.of("system", system.getName() + " " + system.getVersion() + " " + system.getArch()));
        rows.add(List.of(
                "disk",
                Files.getFileStore(folder).type() + "; write of " + SYNCED_BYTES / 1_024 + " kB and sync, median "
                        + Figures.of(syncMicros(folder), "µs")));
        rows.add(List.of("load before the run", Figures.number(Math.max(0, system.getSystemLoadAverage()))));
        rows.add(List.of("JDK", System.getProperty("java.vm.name") + " " + Runtime.version() + " " + jvmOptions));
        rows.add(List.of("Kafka", AppInfoParser.getVersion() + ", one broker in the ledger's process"));
        rows.add(List.of("PostgreSQL", postgres(dataSource)));
        return Tables.of(List.of("machine", ""), rows);
    }

    private static String cpu() throws IOException {
        return valueOf(Path.of("/proc/cpuinfo"), "model name");
    }

    private static String memory() throws IOException {
        var kilobytes = valueOf(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "");
        return kilobytes.isEmpty() ? "unknown" : Figures.of(Long.parseLong(kilobytes) / 1_048_576.0, "GiB");
    }

    /** Of a Linux file of names and values; elsewhere nobody knows. */
    private static String valueOf(Path file, String name) throws IOException {
        if (!Files.exists(file)) {
            return "unknown";
        }
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        }
    }

    private static double syncMicros(Path folder) throws IOException {
        var file = Files.createTempFile(folder, "sync", "");
        var micros = new ArrayList<Double>();
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (var i = 0; i < SYNCS; i++) {
                var started = System.nanoTime();
                channel.write(ByteBuffer.allocate(SYNCED_BYTES));
                channel.force(false);
                micros.add((System.nanoTime() - started) / 1e3);
            }
        } finally {
            Files.delete(file);
        }
        return new Samples(micros).median();
    }

    private static String postgres(DataSource dataSource) throws SQLException {
        try (var connection = dataSource.getConnection();
                var show = connection.prepareStatement("select current_setting(?)")) {
            var said = new ArrayList<String>();
            for (var setting : POSTGRES_SETTINGS) {
                show.setString(1, setting);
                try (var row = show.executeQuery()) {
                    row.next();
                    said.add(setting + "=" + row.getString(1));
                }
            }
            return String.join(", ", said);
        }
    }
}
