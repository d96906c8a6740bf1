package com.gogogoapi.benchmark;

import com.gogogoapi.benchmark.ledger.LedgerBenchmark;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What {@code ./gogogo bench ledger} was asked for. */
final class Options {

    static final int ROUNDS = 5;
    private static final int QUICK_ROUNDS = 2;
    private static final int MOST_ROUNDS = 100;

    private final Path root;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            converter = RoundsConverter.class,
            description = "How often the contenders take turns, 1 to " + MOST_ROUNDS + ". Default: " + ROUNDS + ", and "
                    + QUICK_ROUNDS + " with --quick.")
    private @Nullable Integer rounds;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            converter = PartConverter.class,
            completionCandidates = PartNames.class,
            description = "A part to run; may be repeated. One of ${COMPLETION-CANDIDATES}. Default: all of them.")
    private List<String> only = List.of();

    @Option(names = "--quick", description = "Far less of everything: it shows that the benchmark works.")
    private boolean quick;

    @Option(
            names = "--report",
            paramLabel = "FOLDER",
            description = "Where page and plot go. Default: docs for a whole run, testing/benchmark/target/report for a"
                    + " quick one or one of some parts.")
    private @Nullable Path report;

    /** @param root the project's folder */
    Options(Path root) {
        this.root = root;
    }

    /** How often the contenders take turns. */
    int rounds() {
        return rounds != null ? rounds : quick ? QUICK_ROUNDS : ROUNDS;
    }

    /** The parts to run; empty for all. */
    List<String> only() {
        return List.copyOf(only);
    }

    /** Far less of everything. */
    boolean quick() {
        return quick;
    }

    /** Where page and plot go. Only a whole run replaces what is published: figures of different runs do not belong on one page. */
    Path report() {
        if (report != null) {
            return report.toAbsolutePath();
        }
        return root.resolve(quick || !only.isEmpty() ? "testing/benchmark/target/report" : "docs");
    }

    /** The page that is filled in. */
    Path template() {
        return root.resolve("docs/benchmarks.md");
    }

    Path data() {
        return root.resolve("testing/benchmark/target/data");
    }

    private static final class RoundsConverter implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_ROUNDS) {
                throw new TypeConversionException(
                        "The rounds must be a whole number from 1 to " + MOST_ROUNDS + ", not '" + text + "'.");
            }
            return Integer.valueOf(text);
        }
    }

    private static final class PartConverter implements ITypeConverter<String> {

        @Override
        public String convert(String text) {
            if (!LedgerBenchmark.names().contains(text)) {
                throw new TypeConversionException("The part must be one of "
                        + String.join(", ", LedgerBenchmark.names()) + ", not '" + text + "'.");
            }
            return text;
        }
    }

    private static final class PartNames implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return LedgerBenchmark.names().iterator();
        }
    }
}
