package com.gogogoapi.standalone;

import com.gogogoapi.evidence.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** The installation's secrets: made at the first start, kept in {@code secrets.json}. */
record Secrets(
        String internalSecret,
        String quoteSigningKey,
        String operatorToken,
        String auditorToken,
        String ledgerSigningKey) {

    private static final int RANDOM_BYTES = 32;

    /** Where the public key lies by which the ledger's checkpoints and receipts are checked. */
    private static final String PUBLIC_KEY_FILE = "ledger-signing-key.pub";

    static Secrets in(Path data) throws IOException {
        var file = data.resolve("secrets.json");
        var known = PrivateFiles.read(file);
        for (var name : new String[] {"internal_secret", "quote_signing_key", "operator_token", "auditor_token"}) {
            known.computeIfAbsent(name, missing -> random());
        }
        known.computeIfAbsent("ledger_signing_key", missing -> SigningKey.generate());
        PrivateFiles.write(file, known);
        var publicKey = data.resolve(PUBLIC_KEY_FILE);
        Files.writeString(
                publicKey,
                SigningKey.parse(value(known, "ledger_signing_key"))
                        .verifyingKey()
                        .pem());
        return new Secrets(
                value(known, "internal_secret"),
                value(known, "quote_signing_key"),
                value(known, "operator_token"),
                value(known, "auditor_token"),
                value(known, "ledger_signing_key"));
    }

    private static String value(Map<String, String> known, String name) {
        var value = known.get(name);
        if (value == null) {
            throw new IllegalStateException("secrets.json must have " + name + ".");
        }
        return value;
    }

    private static String random() {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
