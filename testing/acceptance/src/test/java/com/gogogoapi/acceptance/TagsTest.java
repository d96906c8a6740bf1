package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What starts the whole system says so, or {@code ./gogogo test fast} would start it too. */
class TagsTest {

    @Test
    void areOnEveryTestOfTheRunningSystem() throws IOException {
        var tagged = 0;
        var untagged = new ArrayList<String>();
        try (var files = Files.walk(Path.of("src/test/java"))) {
            for (var file : files.filter(path -> path.toString().endsWith("Test.java"))
                    .filter(path -> !path.endsWith("TagsTest.java"))
                    .toList()) {
                var source = Files.readString(file);
                if (!source.contains("RunningSystem")) {
                    continue;
                }
                if (source.contains("@Tag(\"acceptance\")") || source.contains("@Tag(\"chaos\")")) {
                    tagged++;
                } else {
                    untagged.add(file.toString());
                }
            }
        }
        assertThat(untagged).isEmpty();
        assertThat(tagged).isGreaterThan(10);
    }
}
