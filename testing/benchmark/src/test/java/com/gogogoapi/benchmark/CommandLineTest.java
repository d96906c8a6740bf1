package com.gogogoapi.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.benchmark.ledger.LedgerBenchmark;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What {@code ./gogogo bench} understands, without measuring anything. */
class CommandLineTest {

    private static final Path ROOT = Path.of("/project");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static Options parsed(String... arguments) {
        var options = new Options(ROOT);
        new CommandLine(options).parseArgs(arguments);
        return options;
    }

    private int executed(String arguments) {
        return Benchmarks.commandLine(ROOT)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    }

    @Test
    void aWholeRunReplacesThePublishedPage() {
        var options = parsed();

        assertThat(options.rounds()).isEqualTo(5);
        assertThat(options.only()).isEmpty();
        assertThat(options.report()).isEqualTo(ROOT.resolve("docs"));
    }

    @Test
    void aRunInPartGoesElsewhere() {
        assertThat(parsed("--quick"))
                .returns(2, Options::rounds)
                .returns(ROOT.resolve("testing/benchmark/target/report"), Options::report);
        assertThat(parsed("--only", "touched", "--only", "cold-start"))
                .returns(List.of("touched", "cold-start"), Options::only)
                .returns(ROOT.resolve("testing/benchmark/target/report"), Options::report);
    }

    @Test
    void roundsAndReportAreTheUsers() {
        assertThat(parsed("--rounds", "9", "--quick", "--report", "/elsewhere"))
                .returns(9, Options::rounds)
                .returns(List.of(), Options::only)
                .returns(true, Options::quick)
                .returns(ROOT.resolve("docs/benchmarks.md"), Options::template)
                .returns(Path.of("/elsewhere"), Options::report);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rounds", "--rounds 0", "--rounds 101", "--rounds x", "--only nothing", "--fast"})
    void whatIsNotUnderstoodIsRefused(String arguments) {
        assertThatThrownBy(() -> parsed(arguments.split(" "))).isInstanceOf(ParameterException.class);
    }

    @Test
    void aValueThatCannotBeSaysWhatMustBe() {
        assertThatThrownBy(() -> parsed("--rounds", "0")).hasMessageContaining("must be a whole number from 1 to 100");
        assertThatThrownBy(() -> parsed("--only", "nothing"))
                .hasMessageContaining("must be one of " + String.join(", ", LedgerBenchmark.names()));
    }

    @ParameterizedTest
    @CsvSource({
        "'', COMMAND",
        "proxy, proxy",
        "ledger --rounds, --rounds",
        "ledger --fast, --fast",
        "quote --rounds 3, --rounds",
        "--quick, --quick",
    })
    void aWrongCommandLineIsRefusedByName(String arguments, String named) {
        assertThat(executed(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains(named);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "help, bench [-h] COMMAND",
        "--help, bench [-h] COMMAND",
        "ledger --help, bench ledger",
        "help ledger, --report=FOLDER",
        "quote --help, --quick",
    })
    void helpIsNoError(String arguments, String shown) {
        assertThat(executed(arguments)).isZero();
        assertThat(out.toString()).contains(shown);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void helpNamesThePartsThereAre() {
        executed("ledger --help");
        assertThat(out.toString().replaceAll("\\s+", " ")).contains(String.join(", ", LedgerBenchmark.names()));
    }
}
