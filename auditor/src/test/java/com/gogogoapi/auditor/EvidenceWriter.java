package com.gogogoapi.auditor;

import com.gogogoapi.contracts.identity.ServiceTokens;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.embedded.Infrastructure;
import com.gogogoapi.evidence.signing.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/**
 * Writes what a version that is about to be released hands to outsiders: an export of a small log, its checkpoints, a
 * receipt, and the public key. {@code main} with the folder to write, as {@code HistoryWriter} does for events; {@link
 * EarlierEvidenceTest} holds every later build to it.
 */
final class EvidenceWriter {

    private static final int ROUNDS = 3;
    private static final int CUSTOMERS = 5;

    private EvidenceWriter() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var folder = Path.of(arguments[0]);
        var key = SigningKey.generate();
        var database = Infrastructure.shared().newDatabase("released");
        try (var ledger = RunLedger.on(database, Infrastructure.shared().kafka(BrokerUser.LEDGER_SERVICE), key)) {
            CreditIntake last = null;
            for (var round = 0; round < ROUNDS; round++) {
                var wave = RunLedger.wave("round " + round, CUSTOMERS);
                // Sent together, so that batches hold several events.
                ledger.send(wave);
                ledger.awaitSigned((round + 1L) * wave.size());
                last = wave.getLast();
            }
            var exported = Audited.run("export", "--jdbc", database.urlWithLogin(), "--out", folder.toString());
            System.out.println(exported);
            Files.writeString(folder.resolve("receipt.json"), receiptOf(ledger, last));
            Files.writeString(
                    folder.resolve("key.pem"),
                    SigningKey.parse(key).verifyingKey().pem());
        }
        System.exit(0);
    }

    private static String receiptOf(RunLedger ledger, CreditIntake request) throws IOException, InterruptedException {
        var port =
                ((WebServerApplicationContext) ledger.service()).getWebServer().getPort();
        var token = new ServiceTokens(RunLedger.SECRET, Clock.systemUTC()).issue("test", "ledger-service");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/internal/accounts/"
                                        + request.accountId() + "/requests/" + request.requestId() + "/receipt"))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
