package com.gogogoapi.auditor.source;

import com.gogogoapi.evidence.log.LogRow;
import com.gogogoapi.evidence.signing.SignedText;
import java.util.Map;
import java.util.Optional;

/** A whole log with its evidence. Reading is safe from several threads, a shard each. */
public interface LogSource extends AutoCloseable {

    /** What it is, for a reader. */
    String name();

    int shards();

    ShardReader shard(int shard);

    /** One account's events, oldest first. */
    Cursor<LogRow> account(String accountId);

    /** All checkpoints, by number. */
    Cursor<SignedText> checkpoints();

    /** For every account of which a state is stored, the number of the event after which. */
    Map<String, Long> storedStates();

    Optional<StoredState> storedState(String accountId);

    @Override
    void close();

    /** One shard as it was at one moment: all that is read belongs together, also while the ledger goes on. */
    interface ShardReader extends AutoCloseable {

        ShardEnd end();

        /** All events, also any beyond {@link #end()}. */
        Cursor<LogRow> rows();

        /** All events after one, for who looks something up. */
        Cursor<LogRow> rowsAfter(long pos);

        Cursor<Link> links();

        @Override
        void close();
    }
}
