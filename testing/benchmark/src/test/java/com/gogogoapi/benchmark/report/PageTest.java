package com.gogogoapi.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

    @TempDir
    private Path folder;

    private Path page;

    @BeforeEach
    void page() throws IOException {
        page = Files.writeString(folder.resolve("benchmarks.md"), """
                # Written by people
                <!-- begin run -->
                <!-- end run -->
                between
                <!-- begin targets -->
                what an earlier run found: $1 \\ ×
                <!-- end targets -->
                <!-- begin details -->
                <!-- end details -->
                the end
                """);
    }

    @Test
    void isFilledInWhereItIsMarkedAndKeptElsewhere() throws IOException {
        Page.write(page, folder, "a full run", List.of(part("met", 60), part("missed", 40)));

        assertThat(page)
                .content()
                .startsWith("# Written by people\n<!-- begin run -->\n\na full run\n\n<!-- end run -->\nbetween\n")
                .endsWith("<!-- end details -->\nthe end\n")
                .contains("| met | 60 /s | raw: 100 /s | 0.6 × | ≥ 0.5 × | yes |")
                .contains("| missed | 40 /s | raw: 100 /s | 0.4 × | ≥ 0.5 × | **no** |")
                .contains("### Part met\n\nIn 5 rounds, for $1.")
                .doesNotContain("earlier run");
    }

    @Test
    void canBeFilledInAgain() throws IOException {
        Page.write(page, folder, "first", List.of(part("met", 60)));
        var first = Files.readString(page);

        Page.write(page, folder, "second", List.of(part("met", 40)));
        Page.write(page, folder, "first", List.of(part("met", 60)));

        assertThat(page).content().isEqualTo(first);
    }

    @Test
    void leavesTheTemplateAloneWhenItGoesElsewhere() throws IOException {
        var before = Files.readString(page);

        var written = Page.write(page, folder.resolve("report"), "a quick run", List.of(part("met", 60)));

        assertThat(page).content().isEqualTo(before);
        assertThat(written)
                .isEqualTo(folder.resolve("report/benchmarks.md"))
                .content()
                .contains("a quick run");
        assertThat(folder.resolve("report/benchmarks.svg")).exists();
    }

    @Test
    void needsItsMarkers() throws IOException {
        Files.writeString(page, "# No place for figures");

        assertThatThrownBy(() -> Page.write(page, folder, "a run", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begin run");
    }

    private static PartReport part(String name, double measured) {
        return new PartReport(
                "Part " + name,
                List.of(Target.atLeast(name, measured, "raw", 100, "/s", 0.5)),
                List.of(new Panel(name, "", "/s", List.of(Panel.ours("ledger", Samples.of(measured))))),
                List.of("In 5 rounds, for $1."));
    }
}
