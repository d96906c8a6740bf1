package com.gogogoapi.usage.balance;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.intake.GrantSource;
import com.gogogoapi.contracts.money.Usd;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the ledger stated of accounts' credit, and what changed it other than by a request. */
@Repository
public class Balances {

    private static final int BATCH = 1_000;

    private static final String STATE = """
        insert into stated_balance as s values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (account_id, bucket) do update
           set shard = excluded.shard, sequence = excluded.sequence, at = excluded.at, available = excluded.available,
               held = excluded.held, open_holds = excluded.open_holds, charged = excluded.charged,
               granted = excluded.granted, expired = excluded.expired, revoked = excluded.revoked\
        """;

    private static final String ENTER = "insert into credit_entry values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final JdbcTemplate batches;
    private final JdbcClient jdbc;

    Balances(JdbcTemplate batches, JdbcClient jdbc) {
        this.batches = batches;
        this.jdbc = jdbc;
    }

    /** A balance and whose it is, at the latest event of a quarter of an hour. */
    record Stated(AccountId account, long bucket, int shard, StatedBalance balance) {}

    record Entered(AccountId account, CreditEntry entry) {}

    /** Within the caller's transaction. */
    void write(Collection<Stated> stated, Collection<Entered> entered) {
        batches.batchUpdate(STATE, List.copyOf(stated), BATCH, (statement, one) -> {
            var balance = one.balance().balance();
            set(
                    statement,
                    one.account().value(),
                    one.bucket(),
                    one.shard(),
                    one.balance().sequence(),
                    timestamp(one.balance().at()),
                    balance.availableUsd().amount(),
                    balance.heldUsd().amount(),
                    balance.openHolds(),
                    balance.chargedUsd().amount(),
                    balance.grantedUsd().amount(),
                    balance.expiredOrZero().amount(),
                    balance.revokedOrZero().amount());
        });
        batches.batchUpdate(ENTER, List.copyOf(entered), BATCH, (statement, one) -> {
            var entry = one.entry();
            set(
                    statement,
                    one.account().value(),
                    entry.sequence(),
                    entry.shard(),
                    timestamp(entry.at()),
                    entry.type().word(),
                    entry.amount().amount(),
                    entry.grantId(),
                    entry.source() == null ? null : entry.source().name(),
                    entry.reference(),
                    entry.reason(),
                    timestamp(entry.expiresAt()),
                    entry.counterpart());
        });
    }

    private static void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (var i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }

    /** Within the caller's transaction. */
    void forget() {
        batches.execute("truncate stated_balance, credit_entry");
    }

    /**
     * The balance right before an instant, by the last event that was decided earlier.
     *
     * @param second since 1970, on a quarter of an hour
     */
    public StatedBalance before(AccountId account, long second) {
        return jdbc.sql("select * from stated_balance where account_id = ? and bucket < ? order by bucket desc limit 1")
                .params(account.value(), second)
                .query((row, number) -> stated(row))
                .optional()
                .orElse(StatedBalance.NONE);
    }

    /** Of that time, oldest first; at most so many. */
    public List<CreditEntry> entries(AccountId account, Instant from, Instant to, int most) {
        return jdbc.sql(
                        "select * from credit_entry where account_id = ? and at >= ? and at < ? order by sequence limit ?")
                .params(account.value(), Timestamp.from(from), Timestamp.from(to), most)
                .query((row, number) -> entry(row))
                .list();
    }

    /**
     * What entries of one type add up to.
     *
     * @param sequence the last one's
     */
    public record EntrySum(EntryType type, long count, Usd amount, long sequence) {}

    /** The same, added up. */
    public List<EntrySum> entrySums(AccountId account, Instant from, Instant to) {
        return jdbc.sql("""
                        select type, count(*) as count, sum(amount) as amount, max(sequence) as sequence from credit_entry
                         where account_id = ? and at >= ? and at < ? group by type order by type\
                        """)
                .params(account.value(), Timestamp.from(from), Timestamp.from(to))
                .query((row, number) ->
                        new EntrySum(type(row), row.getLong("count"), usd(row, "amount"), row.getLong("sequence")))
                .list();
    }

    /** What added credit under that id: a grant, or the end of a transfer that arrived. */
    public Optional<CreditEntry> added(AccountId account, UUID grantId) {
        return jdbc.sql(
                        "select * from credit_entry where account_id = ? and grant_id = ? and type in ('grant', 'transfer_in')")
                .params(account.value(), grantId)
                .query((row, number) -> entry(row))
                .optional();
    }

    private static StatedBalance stated(ResultSet row) throws SQLException {
        return new StatedBalance(
                row.getLong("sequence"),
                row.getTimestamp("at").toInstant(),
                new Balance(
                        usd(row, "available"),
                        usd(row, "held"),
                        row.getInt("open_holds"),
                        usd(row, "charged"),
                        usd(row, "granted"),
                        usd(row, "expired"),
                        usd(row, "revoked")));
    }

    private static CreditEntry entry(ResultSet row) throws SQLException {
        var source = row.getString("source");
        var expires = row.getTimestamp("expires_at");
        return new CreditEntry(
                row.getInt("shard"),
                row.getLong("sequence"),
                row.getTimestamp("at").toInstant(),
                type(row),
                usd(row, "amount"),
                row.getObject("grant_id", UUID.class),
                source == null ? null : GrantSource.valueOf(source),
                row.getString("reference"),
                row.getString("reason"),
                expires == null ? null : expires.toInstant(),
                row.getString("counterpart"));
    }

    private static EntryType type(ResultSet row) throws SQLException {
        return EntryType.valueOf(row.getString("type").toUpperCase(Locale.ROOT));
    }

    private static Usd usd(ResultSet row, String column) throws SQLException {
        return new Usd(row.getBigDecimal(column));
    }
}
