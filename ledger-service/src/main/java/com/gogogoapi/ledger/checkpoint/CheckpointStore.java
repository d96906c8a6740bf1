package com.gogogoapi.ledger.checkpoint;

import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.signing.SignedText;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The checkpoints in the database, only ever added to. */
@Repository
public class CheckpointStore {

    private final JdbcClient jdbc;

    public CheckpointStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<SignedText> latest() {
        return jdbc.sql("select payload, signature from ledger_checkpoint order by number desc limit 1")
                .query((row, number) -> new SignedText(row.getString(1), row.getString(2)))
                .optional();
    }

    /** The checkpoints after that number, in order. */
    public List<SignedText> after(long number, int limit) {
        return jdbc.sql("select payload, signature from ledger_checkpoint where number > ? order by number limit ?")
                .params(number, limit)
                .query((row, index) -> new SignedText(row.getString(1), row.getString(2)))
                .list();
    }

    /**
     * The first checkpoint that covers this event, if one does yet. Numbers have no gaps and a shard's end only moves
     * forward, so it is found by halving: some twenty reads among a million checkpoints.
     */
    public Optional<SignedText> covering(int shard, long pos) {
        long latest = jdbc.sql("select coalesce(max(number), 0) from ledger_checkpoint")
                .query(Long.class)
                .single();
        var covers = latest + 1;
        var coversNot = 0L;
        Optional<SignedText> found = Optional.empty();
        while (covers - coversNot > 1) {
            var middle = coversNot + (covers - coversNot) / 2;
            var signed = numbered(middle).orElseThrow();
            if (lastOf(signed, shard) >= pos) {
                covers = middle;
                found = Optional.of(signed);
            } else {
                coversNot = middle;
            }
        }
        return found;
    }

    private static long lastOf(SignedText signed, int shard) {
        return Checkpoint.parse(signed.payload())
                .of(shard)
                .map(Checkpoint.ShardCheckpoint::last)
                .orElse(0L);
    }

    Optional<SignedText> numbered(long number) {
        return jdbc.sql("select payload, signature from ledger_checkpoint where number = ?")
                .param(number)
                .query((row, index) -> new SignedText(row.getString(1), row.getString(2)))
                .optional();
    }

    /** @return false if there is one of that number already: another instance made it */
    boolean add(long number, SignedText signed) {
        return jdbc.sql("insert into ledger_checkpoint (number, payload, signature) values (?, ?, ?)"
                                + " on conflict do nothing")
                        .params(number, signed.payload(), signed.signature())
                        .update()
                == 1;
    }

    long published() {
        return jdbc.sql("select published from ledger_checkpoint_publication")
                .query(Long.class)
                .single();
    }

    void published(long number) {
        jdbc.sql("update ledger_checkpoint_publication set published = ? where published < ?")
                .params(number, number)
                .update();
    }
}
