package com.gogogoapi.ledger.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.contracts.wire.IntakeSecret;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.ledger.log.IntakeRecord;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The secrets by which services are known, of each as many as it takes to change one for another. */
public final class IntakeKeys {

    private final Map<String, IntakeSecret> byId;
    private final int shards;

    /**
     * @param shards of the intake, among which an account's key chooses
     * @throws IllegalArgumentException if a secret is given twice
     */
    public IntakeKeys(Collection<IntakeSecret> secrets, int shards) {
        try {
            this.byId = secrets.stream().collect(Collectors.toUnmodifiableMap(IntakeSecret::id, Function.identity()));
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("Every intake secret must be given once.", e);
        }
        this.shards = shards;
    }

    /** Who made a record; null if nobody did whom the ledger knows. On any thread. */
    public @Nullable IntakeAuthor authorOf(IntakeRecord record) {
        var seal = record.seal();
        if (seal == null) {
            return null;
        }
        var secret = byId.get(seal.key());
        if (secret == null
                || !secret.verifies(
                        seal.mac(),
                        Topics.LEDGER_INTAKE,
                        record.accountId(),
                        record.causationId().toString(),
                        record.type(),
                        record.replyPartition() == null
                                ? null
                                : record.replyPartition().toString(),
                        record.payload())) {
            return null;
        }
        return secret.author();
    }

    /** The shard that a customer's account is in: a record of it in any other is a copy. */
    int shardOf(String accountId) {
        return Utils.toPositive(Utils.murmur2(accountId.getBytes(UTF_8))) % shards;
    }
}
