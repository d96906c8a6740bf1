package com.gogogoapi.account.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages load quickly everywhere: all of our scripts together, as they are sent, stay small. */
class ScriptSizeTest {

    private static final int MOST_BYTES = 200_000;

    /** As the build made them. */
    private static List<String> scripts() throws IOException {
        try (var files = Files.list(Path.of("target/classes/com/gogogoapi/account/site/files/assets"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".js"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void scriptsCompressedStayUnderTwoHundredThousandBytes() throws IOException {
        var files = new SiteFiles();
        var scripts = scripts();
        assertThat(scripts).anyMatch(name -> name.startsWith("dashboard-"));
        var bytes = scripts.stream()
                .mapToInt(name -> files.asset(name).orElseThrow().compressed().length)
                .sum();
        assertThat(bytes).as("compressed bytes of " + scripts).isLessThan(MOST_BYTES);
    }
}
