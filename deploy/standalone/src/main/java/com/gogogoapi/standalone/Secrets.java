package com.gogogoapi.standalone;

import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.embedded.Passwords;
import com.gogogoapi.evidence.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The installation's secrets: made at the first start, or at the first that needs them, and kept in {@code secrets.json}.
 *
 * @param intakeSecrets by which the ledger knows each service's records
 * @param orderKey signs what operators order; its public half is also in {@value #ORDER_KEY_FILE}
 * @param fundingOrderKey signs what deposits credit; its public half is also in {@value #FUNDING_KEY_FILE}
 * @param testExtendedPublicKey of which the test chain's addresses are derived: nobody has its private half
 * @param kafkaPasswords of everybody who logs in to Kafka
 * @param postgresPasswords of the role that each database belongs to, by the database's name, and of the auditors' role
 */
record Secrets(
        String internalSecret,
        String quoteSigningKey,
        String operatorToken,
        String auditorToken,
        String ledgerSigningKey,
        String orderKey,
        String fundingOrderKey,
        String testExtendedPublicKey,
        Map<IntakeAuthor, String> intakeSecrets,
        Map<BrokerUser, String> kafkaPasswords,
        Map<String, String> postgresPasswords) {

    /** Who reads the ledger's database and changes nothing. */
    static final String AUDITOR_ROLE = "auditor";

    private static final List<String> POSTGRES_ROLES =
            List.of("pricing", "account", "ledger", "proxy", "usage", "funding", AUDITOR_ROLE);

    /** Where the public key lies by which the ledger's checkpoints and receipts are checked. */
    private static final String PUBLIC_KEY_FILE = "ledger-signing-key.pub";

    /** Where the public key lies by which it is checked who ordered what creates, takes or skips money. */
    private static final String ORDER_KEY_FILE = "operator-order-key.pub";

    /** The same of what deposits credit. */
    private static final String FUNDING_KEY_FILE = "funding-order-key.pub";

    /** Those that run here. */
    private static final List<IntakeAuthor> AUTHORS = List.of(
            IntakeAuthor.QUOTE_SERVICE,
            IntakeAuthor.PROXY_SERVICE,
            IntakeAuthor.LEDGER_SERVICE,
            IntakeAuthor.FUNDING_SERVICE);

    static Secrets in(Path data) throws IOException {
        var file = data.resolve("secrets.json");
        var known = PrivateFiles.read(file);
        for (var name : new String[] {"internal_secret", "quote_signing_key", "operator_token", "auditor_token"}) {
            known.computeIfAbsent(name, missing -> Passwords.generate());
        }
        var kafkaPasswords = Arrays.stream(BrokerUser.values())
                .collect(Collectors.toMap(
                        user -> user,
                        user -> known.computeIfAbsent(
                                "kafka_password_" + user.username(), missing -> Passwords.generate())));
        var postgresPasswords = POSTGRES_ROLES.stream()
                .collect(Collectors.toMap(
                        role -> role,
                        role -> known.computeIfAbsent("postgres_password_" + role, missing -> Passwords.generate())));
        known.computeIfAbsent("ledger_signing_key", missing -> SigningKey.generate());
        known.computeIfAbsent("operator_order_key", missing -> SigningKey.generate());
        known.computeIfAbsent("funding_order_key", missing -> SigningKey.generate());
        known.computeIfAbsent("test_extended_public_key", missing -> TestKey.generate());
        var intakeSecrets = AUTHORS.stream()
                .collect(Collectors.toMap(
                        author -> author,
                        author -> known.computeIfAbsent(
                                "intake_secret_" + author.service(), missing -> Passwords.generate())));
        PrivateFiles.write(file, known);
        writePublicKey(data.resolve(PUBLIC_KEY_FILE), value(known, "ledger_signing_key"));
        writePublicKey(data.resolve(ORDER_KEY_FILE), value(known, "operator_order_key"));
        writePublicKey(data.resolve(FUNDING_KEY_FILE), value(known, "funding_order_key"));
        return new Secrets(
                value(known, "internal_secret"),
                value(known, "quote_signing_key"),
                value(known, "operator_token"),
                value(known, "auditor_token"),
                value(known, "ledger_signing_key"),
                value(known, "operator_order_key"),
                value(known, "funding_order_key"),
                value(known, "test_extended_public_key"),
                intakeSecrets,
                kafkaPasswords,
                postgresPasswords);
    }

    private static void writePublicKey(Path file, String key) throws IOException {
        Files.writeString(file, SigningKey.parse(key).verifyingKey().pem());
    }

    /** The public half, as the ledger's settings have it. */
    String orderPublicKey() {
        return SigningKey.parse(orderKey).verifyingKey().base64();
    }

    /** The same of what signs deposits' credit. */
    String fundingOrderPublicKey() {
        return SigningKey.parse(fundingOrderKey).verifyingKey().base64();
    }

    String intakeSecret(IntakeAuthor author) {
        var secret = intakeSecrets.get(author);
        if (secret == null) {
            throw new IllegalStateException("secrets.json must have an intake secret of " + author.service() + ".");
        }
        return secret;
    }

    String postgresPassword(String role) {
        return value(postgresPasswords, role);
    }

    private static String value(Map<String, String> known, String name) {
        var value = known.get(name);
        if (value == null) {
            throw new IllegalStateException("secrets.json must have " + name + ".");
        }
        return value;
    }
}
