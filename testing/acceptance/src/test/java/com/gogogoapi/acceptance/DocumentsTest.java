package com.gogogoapi.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents say of each other is so: links lead somewhere, and the lists of decisions and releases are whole. */
class DocumentsTest {

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path DECISIONS = ROOT.resolve("docs/decisions");
    private static final Path HISTORIES = ROOT.resolve("ledger-service/src/test/resources/histories");

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern INDEX_ROW =
            Pattern.compile("(?m)^\\| \\[(\\d{4})]\\((\\d{4}-[^)]+\\.md)\\) \\| \\S.* \\|$");
    private static final Pattern RELEASE = Pattern.compile("(?m)^## \\[(\\d+\\.\\d+\\.\\d+)] - \\d{4}-\\d{2}-\\d{2}$");

    static List<Path> documents() throws IOException {
        try (var atTheTop = Files.list(ROOT);
                var below = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(atTheTop, below)
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(ROOT::relativize)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Path document) throws IOException {
        var file = ROOT.resolve(document);
        assertThat(matches(LINK, file)).allSatisfy(link -> assertThat(file.resolveSibling(link.group(1)))
                .exists());
    }

    @Test
    void theIndexListsEveryDecisionRecordInOrder() throws IOException {
        assertThat(matches(INDEX_ROW, DECISIONS.resolve("README.md")))
                .allSatisfy(row -> assertThat(row.group(2)).startsWith(row.group(1)))
                .extracting(row -> row.group(2))
                .containsExactlyElementsOf(records());
    }

    @Test
    void decisionRecordsAreNumberedWithoutGap() throws IOException {
        var records = records();
        assertThat(records)
                .extracting(name -> name.substring(0, 4))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, records.size())
                        .mapToObj("%04d"::formatted)
                        .toList());
    }

    @Test
    void theChangelogHasEveryVersionThatHasHistories() throws IOException {
        try (var versions = Files.list(HISTORIES)) {
            assertThat(matches(RELEASE, ROOT.resolve("CHANGELOG.md")))
                    .extracting(release -> release.group(1))
                    .containsAll(versions.map(folder -> folder.getFileName().toString())
                            .toList());
        }
    }

    private static List<String> records() throws IOException {
        try (var files = Files.list(DECISIONS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<MatchResult> matches(Pattern pattern, Path document) throws IOException {
        return pattern.matcher(Files.readString(document)).results().toList();
    }
}
