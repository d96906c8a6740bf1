package com.gogogoapi.funding.watch;

import com.gogogoapi.funding.chains.ChainId;
import com.gogogoapi.funding.rpc.Anchor;
import com.gogogoapi.funding.rpc.Block;
import com.gogogoapi.funding.rpc.Survey;
import com.gogogoapi.funding.settings.FundingProperties;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who watches a chain, and how far. One instance owns a chain while its lease lasts, by the database's clock; each new ownership has
 * a higher term, and what is written under an earlier one is refused in the transaction that would write it.
 */
@Repository
class ChainRows {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final long leaseMillis;

    /** Names this instance; another one at each start. */
    private final String me = UUID.randomUUID().toString();

    ChainRows(JdbcClient jdbc, TransactionTemplate transactions, Clock clock, FundingProperties properties) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.leaseMillis = properties.watch().lease().toMillis();
    }

    /** Another instance owns the chain by now. */
    static final class NotOwnerException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotOwnerException(ChainId chain) {
            super("another instance watches " + chain + " by now");
        }
    }

    /** Takes the chain, or keeps it; empty while another instance has it. */
    Optional<ChainRow> own(ChainId chain) {
        jdbc.sql("insert into chain_watch (chain_id) values (?) on conflict do nothing")
                .param(chain.text())
                .update();
        return jdbc.sql("""
            update chain_watch
               set owner = :me, lease_until = now() + make_interval(secs => 0.001 * :lease),
                   term = case when owner = :me and lease_until > now() then term else term + 1 end
             where chain_id = :chain and (owner is null or owner = :me or lease_until < now())
            returning term, final_height, final_hash, native_height\
            """)
                .param("me", me)
                .param("lease", leaseMillis)
                .param("chain", chain.text())
                .query((row, number) -> row(row))
                .optional();
    }

    private static ChainRow row(ResultSet row) throws SQLException {
        var hash = row.getString("final_hash");
        return new ChainRow(
                row.getLong("term"),
                hash == null ? null : new Anchor(row.getLong("final_height"), hash),
                row.getObject("native_height", Long.class));
    }

    /** Lets another instance have the chain at once. */
    void release(ChainId chain) {
        jdbc.sql("update chain_watch set lease_until = now() where chain_id = ? and owner = ?")
                .params(chain.text(), me)
                .update();
    }

    /**
     * Does something as the owner, all or nothing.
     *
     * @throws NotOwnerException if it is another's by now; then nothing is done
     */
    void asOwner(ChainId chain, long term, Runnable work) {
        transactions.executeWithoutResult(status -> {
            var owned =
                    jdbc.sql("""
                update chain_watch set lease_until = now() + make_interval(secs => 0.001 * ?)
                 where chain_id = ? and owner = ? and term = ?\
                """).params(leaseMillis, chain.text(), me, term).update();
            if (owned != 1) {
                throw new NotOwnerException(chain);
            }
            work.run();
        });
    }

    /** All that is final is recorded up to here. Within {@link #asOwner}. */
    void finalUpTo(ChainId chain, Anchor anchor) {
        jdbc.sql("""
            update chain_watch set final_height = ?, final_hash = ?,
                   native_height = coalesce(native_height, ?), began_at_height = coalesce(began_at_height, ?)
             where chain_id = ?\
            """)
                .params(anchor.height(), anchor.hash(), anchor.height(), anchor.height(), chain.text())
                .update();
        jdbc.sql("delete from tip_block where chain_id = ? and height <= ?")
                .params(chain.text(), anchor.height())
                .update();
    }

    /** Within {@link #asOwner}. */
    void nativeUpTo(ChainId chain, long height) {
        jdbc.sql("update chain_watch set native_height = ? where chain_id = ?")
                .params(height, chain.text())
                .update();
    }

    /** The blocks that are read and not final, from the lowest. */
    List<Anchor> tip(ChainId chain) {
        return new ArrayList<>(jdbc.sql("select height, hash from tip_block where chain_id = ? order by height")
                .param(chain.text())
                .query((row, number) -> new Anchor(row.getLong("height"), row.getString("hash")))
                .list());
    }

    /** These lie above that height now, and no others. Within {@link #asOwner}. */
    void tipAbove(ChainId chain, long height, List<Block> blocks) {
        jdbc.sql("delete from tip_block where chain_id = ? and height > ?")
                .params(chain.text(), height)
                .update();
        for (var block : blocks) {
            jdbc.sql("insert into tip_block (chain_id, height, hash) values (?, ?, ?)")
                    .params(chain.text(), block.height(), block.hash())
                    .update();
        }
    }

    /** How the chain stands after a look. @param problem why it does not go on; null where it does */
    void looked(ChainId chain, long term, Survey survey, String nodes, @Nullable String problem) {
        var head = survey.head();
        var target = survey.finalBlock();
        jdbc.sql("""
            update chain_watch
               set head_changed_at = case when head_height is distinct from coalesce(:head, head_height) or head_changed_at is null
                                          then cast(:now as timestamptz) else head_changed_at end,
                   head_height = coalesce(:head, head_height),
                   target_changed_at = case when target_height is distinct from coalesce(:target, target_height)
                                             or target_changed_at is null
                                            then cast(:now as timestamptz) else target_changed_at end,
                   target_height = coalesce(:target, target_height),
                   nodes = :nodes,
                   problem_since = case when :problem is null then null
                                        else coalesce(problem_since, cast(:now as timestamptz)) end,
                   problem = :problem,
                   looked_at = :now
             where chain_id = :chain and owner = :me and term = :term\
            """)
                .param("head", head == null ? null : head.height(), Types.BIGINT)
                .param("target", target == null ? null : target.height(), Types.BIGINT)
                .param("nodes", nodes)
                .param("problem", problem, Types.VARCHAR)
                .param("now", Timestamp.from(clock.instant()))
                .param("chain", chain.text())
                .param("me", me)
                .param("term", term)
                .update();
    }
}
