package com.gogogoapi.benchmark;

import com.gogogoapi.benchmark.ledger.LedgerBenchmark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ./gogogo bench ledger} was asked for.
 *
 * @param rounds how often the contenders take turns
 * @param only the parts to run; empty for all
 * @param quick far less of everything
 * @param root the project's folder
 * @param report where page and plot go
 */
record Options(int rounds, List<String> only, boolean quick, Path root, Path report) {

    static final int ROUNDS = 5;
    private static final int QUICK_ROUNDS = 2;
    private static final int MOST_ROUNDS = 100;

    static final String USAGE =
            "Usage: ./gogogo bench ledger [--rounds N] [--only NAME]... [--quick] [--report FOLDER]\n  NAME: ";

    /** @throws IllegalArgumentException with what is wrong, for people */
    static Options parse(Path root, List<String> arguments) {
        if (arguments.isEmpty() || !arguments.getFirst().equals("ledger")) {
            throw new IllegalArgumentException("what is to be measured is missing: ledger");
        }
        Integer rounds = null;
        var only = new ArrayList<String>();
        var quick = false;
        Path report = null;
        var rest = arguments.listIterator(1);
        while (rest.hasNext()) {
            var option = rest.next();
            switch (option) {
                case "--quick" -> quick = true;
                case "--rounds" -> rounds = rounds(value(option, rest));
                case "--only" -> only.add(part(value(option, rest)));
                case "--report" -> report = Path.of(value(option, rest)).toAbsolutePath();
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new Options(
                rounds == null ? quick ? QUICK_ROUNDS : ROUNDS : rounds,
                List.copyOf(only),
                quick,
                root,
                report == null ? usualReport(root, quick || !only.isEmpty()) : report);
    }

    /** Only a whole run replaces what is published: figures of different runs do not belong on one page. */
    private static Path usualReport(Path root, boolean inPart) {
        return root.resolve(inPart ? "testing/benchmark/target/report" : "docs");
    }

    /** The page that is filled in. */
    Path template() {
        return root.resolve("docs/benchmarks.md");
    }

    Path data() {
        return root.resolve("testing/benchmark/target/data");
    }

    private static String value(String option, java.util.Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    private static int rounds(String value) {
        if (!value.matches("[0-9]{1,3}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > MOST_ROUNDS) {
            throw new IllegalArgumentException("--rounds is a number from 1 to " + MOST_ROUNDS);
        }
        return Integer.parseInt(value);
    }

    private static String part(@Nullable String name) {
        if (name == null || !LedgerBenchmark.names().contains(name)) {
            throw new IllegalArgumentException("--only is one of " + String.join(", ", LedgerBenchmark.names()));
        }
        return name;
    }
}
