package com.gogogoapi.usage.api;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.usage.following.Position;
import com.gogogoapi.usage.following.Positions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads everything of an answer as of one moment, and says which. */
@Component
public class Readings {

    private static final int TIMEOUT_SECONDS = 10;

    private final TransactionTemplate transactions;
    private final Positions positions;
    private final JdbcClient jdbc;
    private final int shards;

    Readings(PlatformTransactionManager manager, Positions positions, JdbcClient jdbc, InstalledTopics topics) {
        this.transactions = new TransactionTemplate(manager);
        transactions.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        transactions.setReadOnly(true);
        transactions.setTimeout(TIMEOUT_SECONDS);
        this.positions = positions;
        this.jdbc = jdbc;
        this.shards = topics.shards();
    }

    /**
     * @param reading given as of when it is
     * @throws ApiError 503 if the database does not answer in time
     */
    public <T> T of(AccountId account, Function<AsOf, T> reading) {
        return asOfOneMoment(() -> reading.apply(asOf(account)));
    }

    /**
     * The same of all accounts together.
     *
     * @param reading given as of when it is, shard by shard
     */
    public <T> T ofAll(Function<List<AsOf>, T> reading) {
        return asOfOneMoment(() -> reading.apply(
                positions.all().stream().map(position -> asOf(position)).toList()));
    }

    private <T> T asOfOneMoment(Supplier<T> reading) {
        try {
            return Objects.requireNonNull(transactions.execute(status -> reading.get()));
        } catch (CannotCreateTransactionException | CannotGetJdbcConnectionException | QueryTimeoutException e) {
            throw ApiError.unavailable("usage_unavailable", "What was used cannot be read at the moment; try again.")
                    .becauseOf(e);
        }
    }

    private AsOf asOf(AccountId account) {
        return asOf(positions.of(shardOf(account)));
    }

    private static AsOf asOf(Position position) {
        return new AsOf(position.shard(), position.sequence(), position.at(), position.isRebuilding());
    }

    /** Where its events are; for an account without any, where they would be. */
    public int shardOf(AccountId account) {
        return jdbc.sql("select shard from request where account_id = ? limit 1")
                .param(account.value())
                .query(Integer.class)
                .optional()
                .orElseGet(() ->
                        BuiltInPartitioner.partitionForKey(account.value().getBytes(StandardCharsets.UTF_8), shards));
    }
}
