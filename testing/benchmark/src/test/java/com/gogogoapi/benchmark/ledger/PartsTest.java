package com.gogogoapi.benchmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.benchmark.report.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every part once, at a size that shows that it works and nothing else: of its targets only those that no noise decides. */
@Tag("benchmark")
@Tag("long")
class PartsTest {

    @TempDir
    private static Path folder;

    @Test
    void measureWhatTheyPromise() throws Exception {
        try (var bench = Bench.start(folder.resolve("data"))) {
            var parts = List.of(
                    new Throughput(), new Reservation(), new ColdStart(), new TouchedAccounts(), new OpenHolds());
            for (var part : parts) {
                var report = part.measure(bench, Scale.tiny(), new Progress(part.name()));

                assertThat(report.targets()).as(part.name()).isNotEmpty();
                assertThat(report.panels()).as(part.name()).isNotEmpty();
                assertThat(report.details()).as(part.name()).isNotEmpty();
                if (part instanceof ColdStart) {
                    assertThat(report.targets().stream().map(Target::measured).collect(Collectors.joining()))
                            .contains("balances correct");
                }
            }
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }
}
