package com.gogogoapi.benchmark.ledger;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.ledger.log.HashChain;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.log.StoredEvent;
import com.gogogoapi.ledger.snapshot.AccountSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes an account's story into a shard that has none, as the ledger would have: rows, the links of the hash chain, the
 * shard's row, and all of it marked as published. Only while no worker owns the shard.
 */
final class LongStory implements AutoCloseable {

    private static final int BATCH = 1_000;

    private static final String LINK =
            "insert into ledger_batch (shard, first_pos, last_pos, next_offset, hash, per_event)"
                    + " values (?, ?, ?, 0, ?, true)";

    private static final String SHARD = """
            insert into ledger_shard (shard, last_pos, next_offset, hash_head) values (?, ?, 0, ?)
            on conflict (shard) do update set last_pos = excluded.last_pos, hash_head = excluded.hash_head""";

    private static final String PUBLISHED = """
            insert into ledger_publication (shard, published_pos, holds_done_pos) values (?, ?, ?)
            on conflict (shard) do update
               set published_pos = excluded.published_pos, holds_done_pos = excluded.holds_done_pos""";

    private final Connection connection;
    private final int shard;
    private final AccountId account;
    private final Story story;
    private final long snapshotAtSeq;
    private final List<StoredEvent> rows = new ArrayList<>(BATCH);
    private final long before;
    private byte[] head;
    private @Nullable AccountSnapshot snapshot;

    /** @param from where the shard stands */
    private LongStory(Connection connection, ShardPosition from, AccountId account, Story story, long snapshotAtSeq) {
        this.connection = connection;
        this.shard = from.shard();
        this.before = from.lastPos();
        this.head = from.hashHead();
        this.account = account;
        this.story = story;
        this.snapshotAtSeq = snapshotAtSeq;
    }

    /**
     * Makes a grant and then requests, each a hold and a charge: so many events, and one.
     *
     * @return the state as it was so many events before the end
     */
    static AccountSnapshot write(
            DataSource dataSource, int shard, AccountId account, Story story, int events, int snapshotBack)
            throws SQLException {
        var from = new PostgresLedgerLog(dataSource).positionsOf(List.of(shard)).getFirst();
        try (var writing = new LongStory(dataSource.getConnection(), from, account, story, events - snapshotBack)) {
            writing.add(Workload.grant(account));
            Workload.of(account).requests(events / 2, writing::add);
            writing.append();
            writing.settle();
            if (writing.snapshot == null) {
                throw new IllegalArgumentException(
                        "There must be more than " + snapshotBack + " events, not " + events + ".");
            }
            return writing.snapshot;
        }
    }

    private void add(CreditIntake intake) {
        var at = Instant.now();
        var event = story.decide(intake, at);
        rows.add(story.row(shard, before, event, at));
        if (story.seq() == snapshotAtSeq) {
            snapshot = new AccountSnapshot(account.value(), story.seq(), story.state());
        }
        if (rows.size() == BATCH) {
            append();
        }
    }

    private void append() {
        if (rows.isEmpty()) {
            return;
        }
        head = HashChain.next(head, rows);
        try (var link = connection.prepareStatement(LINK)) {
            RawInsert.insert(connection, rows, BATCH);
            link.setInt(1, shard);
            link.setLong(2, rows.getFirst().pos());
            link.setLong(3, rows.getLast().pos());
            link.setBytes(4, head);
            link.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("The story must be writable.", e);
        }
        rows.clear();
    }

    private void settle() throws SQLException {
        try (var position = connection.prepareStatement(SHARD);
                var published = connection.prepareStatement(PUBLISHED)) {
            position.setInt(1, shard);
            position.setLong(2, before + story.seq() + 1);
            position.setBytes(3, head);
            position.executeUpdate();
            published.setInt(1, shard);
            published.setLong(2, before + story.seq() + 1);
            published.setLong(3, before + story.seq() + 1);
            published.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
