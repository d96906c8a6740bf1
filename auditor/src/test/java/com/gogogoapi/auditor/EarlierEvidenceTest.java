package com.gogogoapi.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What released versions handed to outsiders, a folder a version: every build verifies it. A folder is written once, by
 * {@link EvidenceWriter}, and never changed.
 */
class EarlierEvidenceTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "evidence");

    static Stream<Path> versions() throws IOException {
        try (var folders = Files.list(FOLDER)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anExportIsVerifiedWithItsCheckpoints(Path version) {
        var audited = Audited.run(
                "verify",
                "--export",
                version.toString(),
                "--key",
                version.resolve("key.pem").toString(),
                "--checkpoint",
                version.resolve("checkpoints.jsonl").toString());
        assertThat(audited.exit()).as(audited.out() + audited.err()).isZero();
        assertThat(audited.lastLine()).startsWith("OK: 45 events, 5 accounts");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aReceiptIsVerified(Path version) {
        var audited = Audited.run(
                "receipt",
                "verify",
                version.resolve("receipt.json").toString(),
                "--key",
                version.resolve("key.pem").toString(),
                "--checkpoint",
                version.resolve("checkpoints.jsonl").toString());
        assertThat(audited.exit()).as(audited.out() + audited.err()).isZero();
    }
}
