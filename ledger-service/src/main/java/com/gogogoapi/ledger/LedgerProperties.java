package com.gogogoapi.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.ledger.order.SigningRole;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.contracts.wire.IntakeSecret;
import com.gogogoapi.evidence.signing.VerifyingKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this ledger works ({@code gogogoapi.ledger.*}).
 *
 * @param holdDuration how long a hold waits for its completion; longer than the longest request may run
 * @param maxOpenHoldsPerAccount a guard on what one account can keep in memory
 * @param workers threads that decide; more than shards or cores are of no use
 * @param maxBatchRecords the most intake records decided and committed at once by one worker
 * @param maxCachedAccountsPerWorker accounts kept at hand; of about 2 kB each, up to 60 kB for busy ones
 * @param newIntake an operator's word that another topic is read than until now; null for none
 * @param intakeSecrets by which the services' records are known
 * @param orderKeys by which orders may be signed, each under the name of whose it is; what is here once stays trusted until an
 *     order revokes it
 */
@ConfigurationProperties("gogogoapi.ledger")
public record LedgerProperties(
        @DefaultValue("15m") Duration holdDuration,
        @DefaultValue("10000") int maxOpenHoldsPerAccount,
        @DefaultValue("2") int workers,
        @DefaultValue("1000") int maxBatchRecords,
        @DefaultValue("20000") int maxCachedAccountsPerWorker,
        @Nullable NewIntake newIntake,
        @DefaultValue IntakeSecrets intakeSecrets,
        @DefaultValue Map<String, OrderKey> orderKeys) {

    /**
     * A topic that takes the place of the one that was read until now, from its beginning.
     *
     * @param topicId the id that Kafka gave it
     * @param acceptedBy who says that what the former one had and was not decided may be lost
     * @param reason why
     */
    public record NewIntake(String topicId, String acceptedBy, String reason) {

        public NewIntake {
            if (topicId == null || acceptedBy == null || reason == null || acceptedBy.isBlank() || reason.isBlank()) {
                throw new IllegalArgumentException(
                        "gogogoapi.ledger.new-intake must have a topic-id, an accepted-by and a reason.");
            }
        }
    }

    /**
     * Of each service its {@code gogogoapi.intake-secret}. Of one that is being changed for another both: the new one here
     * first, then at the service, then the old one away from here.
     *
     * @param ledgerService former ones of the ledger's own, which it knows by itself
     */
    public record IntakeSecrets(
            @DefaultValue List<String> quoteService,
            @DefaultValue List<String> proxyService,
            @DefaultValue List<String> ledgerService,
            @DefaultValue List<String> accountService,
            @DefaultValue List<String> fundingService) {

        List<String> of(IntakeAuthor author) {
            return switch (author) {
                case QUOTE_SERVICE -> quoteService;
                case PROXY_SERVICE -> proxyService;
                case LEDGER_SERVICE -> ledgerService;
                case ACCOUNT_SERVICE -> accountService;
                case FUNDING_SERVICE -> fundingService;
            };
        }
    }

    /**
     * A key by which orders may be signed.
     *
     * @param publicKey Ed25519, its X.509 encoding in Base64
     * @param roles what it is trusted with
     */
    public record OrderKey(
            String publicKey,
            @DefaultValue({"KEYS", "OPERATOR"}) List<SigningRole> roles) {

        public OrderKey {
            if (publicKey == null) {
                throw new IllegalArgumentException("gogogoapi.ledger.order-keys.NAME must have a public-key.");
            }
            try {
                VerifyingKey.parse(publicKey);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "gogogoapi.ledger.order-keys.NAME.public-key must be an Ed25519 public key in Base64.", e);
            }
        }
    }

    private static void requireSecret(IntakeAuthor author, String secret) {
        if (secret.getBytes(UTF_8).length < IntakeSecret.MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("gogogoapi.ledger.intake-secrets." + author.service()
                    + " must have at least " + IntakeSecret.MIN_SECRET_BYTES + " bytes.");
        }
    }

    /**
     * All secrets by which records are known.
     *
     * @param own the ledger's {@code gogogoapi.intake-secret}
     */
    public List<IntakeSecret> allIntakeSecrets(String own) {
        var all = new ArrayList<>(List.of(new IntakeSecret(IntakeAuthor.LEDGER_SERVICE, own)));
        for (var author : IntakeAuthor.values()) {
            intakeSecrets.of(author).forEach(secret -> all.add(new IntakeSecret(author, secret)));
        }
        return all;
    }

    public LedgerProperties {
        for (var author : IntakeAuthor.values()) {
            // Said here in one line, or not at all.
            intakeSecrets.of(author).forEach(secret -> requireSecret(author, secret));
        }
        if (workers < 1 || workers > 64) {
            throw new IllegalArgumentException("gogogoapi.ledger.workers must be from 1 to 64.");
        }
        if (maxBatchRecords < 1 || maxBatchRecords > 10_000) {
            throw new IllegalArgumentException("gogogoapi.ledger.max-batch-records must be from 1 to 10,000.");
        }
        if (maxCachedAccountsPerWorker < 1) {
            throw new IllegalArgumentException("gogogoapi.ledger.max-cached-accounts-per-worker must be 1 or more.");
        }
    }
}
