package com.gogogoapi.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.evidence.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What released versions handed to outsiders, a folder a version: every build verifies it. A folder is written once, by
 * {@link EvidenceWriter}, and never changed.
 */
@Tag("integration")
class EarlierEvidenceTest {

    private static final String KEY = SigningKey.generate();
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

    /** The database that the export is of, as its version left it: upgraded, it goes on, and what it signed stays true. */
    @ParameterizedTest
    @MethodSource("versions")
    void anInstallationGoesOnAndItsCheckpointsStayTrue(Path version) throws Exception {
        var database = Infrastructure.shared().newDatabase("earlier");
        ImportedExport.into(database, version);
        var kafka = RunLedger.broker(MadeLog.temporaryFolder());
        var folder = MadeLog.temporaryFolder();
        try (var ledger = RunLedger.on(database, kafka.as(BrokerUser.LEDGER_SERVICE), KEY)) {
            ledger.send(RunLedger.wave("after the upgrade", 5));
            ledger.awaitSigned(60);
        } finally {
            kafka.close();
        }
        var newKey = Files.writeString(
                folder.resolve("key.pem"), SigningKey.parse(KEY).verifyingKey().pem());
        var audited = Audited.run(
                "verify",
                "--jdbc",
                database.urlWithLogin(),
                "--key",
                version.resolve("key.pem").toString(),
                "--key",
                newKey.toString(),
                "--checkpoint",
                version.resolve("checkpoints.jsonl").toString());
        assertThat(audited.exit()).as(audited.out() + audited.err()).isZero();
        assertThat(audited.lastLine()).startsWith("OK: " + (60 + RunLedger.FOUNDING) + " events, 10 accounts");

        var export = folder.resolve("export");
        assertThat(Audited.run("export", "--jdbc", database.urlWithLogin(), "--out", export.toString())
                        .exit())
                .isZero();
        assertThat(Audited.run("verify", "--export", export.toString()).lastLine())
                .startsWith("OK: " + (60 + RunLedger.FOUNDING) + " events");
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
