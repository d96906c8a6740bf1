package com.gogogoapi.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    private static final Path ROOT = Path.of("/project");

    @Test
    void aWholeRunReplacesThePublishedPage() {
        var options = parsed("ledger");

        assertThat(options.rounds()).isEqualTo(5);
        assertThat(options.only()).isEmpty();
        assertThat(options.report()).isEqualTo(ROOT.resolve("docs"));
    }

    @Test
    void aRunInPartGoesElsewhere() {
        assertThat(parsed("ledger", "--quick").report()).isEqualTo(ROOT.resolve("testing/benchmark/target/report"));
        assertThat(parsed("ledger", "--only", "touched", "--only", "cold-start"))
                .returns(List.of("touched", "cold-start"), Options::only)
                .returns(ROOT.resolve("testing/benchmark/target/report"), Options::report);
    }

    @Test
    void roundsAndReportAreTheUsers() {
        assertThat(parsed("ledger", "--rounds", "9", "--quick", "--report", "/elsewhere"))
                .isEqualTo(new Options(9, List.of(), true, ROOT, Path.of("/elsewhere")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "proxy",
                "ledger --rounds",
                "ledger --rounds 0",
                "ledger --rounds x",
                "ledger --only nothing",
                "ledger --fast"
            })
    void whatIsNotUnderstoodIsRefused(String arguments) {
        assertThatThrownBy(() -> parsed(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Options parsed(String... arguments) {
        return Options.parse(ROOT, List.of(arguments));
    }
}
