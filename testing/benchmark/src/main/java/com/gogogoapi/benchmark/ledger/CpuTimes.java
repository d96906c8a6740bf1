package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.benchmark.report.Figures;
import com.gogogoapi.benchmark.report.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who had the processors: CPU time by group of threads, and of PostgreSQL, as Linux counts it. Elsewhere empty. */
final class CpuTimes {

    /** Linux counts in hundredths of a second. */
    private static final int MILLIS_A_TICK = 10;

    private static final String OTHERS = "others";

    /** Beginnings of thread names, of which Linux keeps 15 characters. */
    private static final Map<String, String> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("ledger-intake", "ledger: workers (poll, decide; small batches: append)");
        GROUPS.put("ledger-append", "ledger: workers' appending beside");
        GROUPS.put("ForkJoinPool.co", "ledger: workers' help with JSON");
        GROUPS.put("ledger-publish", "ledger: publication");
        GROUPS.put("ledger-snapshot", "ledger: snapshots");
        GROUPS.put("kafka-producer-", "Kafka's clients: sending");
        GROUPS.put("kafka-coordinat", "Kafka's clients: heartbeats");
        GROUPS.put("data-plane-kafk", "Kafka's broker");
        GROUPS.put("kafka-", "Kafka's broker");
        GROUPS.put("broker-", "Kafka's broker");
        GROUPS.put("quorum-", "Kafka's broker");
        GROUPS.put("C1 Compiler", "JVM: compiling");
        GROUPS.put("C2 Compiler", "JVM: compiling");
        GROUPS.put("VM Thread", "JVM: garbage collection");
        GROUPS.put("G1 ", "JVM: garbage collection");
        GROUPS.put("GC Thread", "JVM: garbage collection");
    }

    private CpuTimes() {}

    /** Milliseconds so far. */
    static Map<String, Long> now(long postmaster) throws IOException {
        var millis = new LinkedHashMap<String, Long>();
        for (var stat : stats(Path.of("/proc/self/task"))) {
            millis.merge(groupOf(stat.name), stat.ownTicks() * MILLIS_A_TICK, Long::sum);
        }
        for (var stat : stats(Path.of("/proc"))) {
            if (stat.pid == postmaster) {
                millis.merge("PostgreSQL", (stat.ownTicks() + stat.childrenTicks()) * MILLIS_A_TICK, Long::sum);
            } else if (stat.parent() == postmaster) {
                millis.merge("PostgreSQL", stat.ownTicks() * MILLIS_A_TICK, Long::sum);
            }
        }
        return millis;
    }

    /** What was spent between two looks. A thread that ended in between is not seen. */
    static Map<String, Long> between(Map<String, Long> before, Map<String, Long> after) {
        var spent = new LinkedHashMap<String, Long>();
        after.forEach((group, millis) -> spent.put(group, Math.max(0, millis - before.getOrDefault(group, 0L))));
        return spent;
    }

    /** The most first, as microseconds an event and as a share. */
    static String table(Map<String, Long> spent, long events) {
        var all = spent.values().stream().mapToLong(Long::longValue).sum();
        if (all == 0) {
            return "This system does not say which threads had the processors.";
        }
        return Tables.of(
                List.of("threads", "CPU time an event", "share"),
                spent.entrySet().stream()
                        .filter(group -> group.getValue() * 100 >= all)
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(group -> List.of(
                                group.getKey(),
                                Figures.of(group.getValue() * 1e3 / events, "µs"),
                                group.getValue() * 100 / all + "%"))
                        .toList());
    }

    private static String groupOf(String thread) {
        return GROUPS.entrySet().stream()
                .filter(group -> thread.startsWith(group.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OTHERS);
    }

    /** @param fields those after the name; see proc_pid_stat(5) */
    private record Stat(long pid, String name, String[] fields) {

        static Stat of(String line) {
            var open = line.indexOf('(');
            var close = line.lastIndexOf(')');
            return new Stat(
                    Long.parseLong(line.substring(0, open).strip()),
                    line.substring(open + 1, close),
                    line.substring(close + 2).split(" "));
        }

        long parent() {
            return Long.parseLong(fields[1]);
        }

        long ownTicks() {
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }

        long childrenTicks() {
            return Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
        }
    }

    private static List<Stat> stats(Path folder) throws IOException {
        var stats = new ArrayList<Stat>();
        if (!Files.isDirectory(folder)) {
            return stats;
        }
        try (var entries = Files.newDirectoryStream(
                folder,
                entry -> Character.isDigit(entry.getFileName().toString().charAt(0)))) {
            for (var entry : entries) {
                read(entry.resolve("stat"), stats);
            }
        }
        return stats;
    }

    private static void read(Path file, List<Stat> into) throws IOException {
        try {
            into.add(Stat.of(Files.readString(file)));
        } catch (NoSuchFileException e) {
            // It ended between being listed and being read.
        } catch (IOException e) {
            // The same, seen a moment later: the kernel says "no such process".
            if (Files.exists(file)) {
                throw e;
            }
        }
    }
}
