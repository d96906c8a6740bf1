package com.gogogoapi.funding.treasury;

import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Token;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How each token was reconciled the last time. */
@Repository
public class Reconciled {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Duration every;

    Reconciled(JdbcClient jdbc, Clock clock, TreasurySettings settings) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.every = settings.reconcileEvery();
    }

    boolean isDue(Chain chain, Token token) {
        return jdbc.sql("select count(*) from reconciliation where chain_id = ? and symbol = ? and checked_at > ?")
                        .params(
                                chain.id().text(),
                                token.symbol(),
                                Timestamp.from(clock.instant().minus(every)))
                        .query(Long.class)
                        .single()
                == 0;
    }

    /** @param held null where no node could tell, for that problem */
    void record(
            Chain chain, Token token, Holdings.Recorded recorded, @Nullable BigInteger held, @Nullable String problem) {
        var sums = recorded.sums();
        jdbc.sql("""
            insert into reconciliation (chain_id, symbol, height, block_hash, received, credited, waiting, rejected, swept, elsewhere,
                                        held, problem, checked_at)
            values (:chain, :symbol, :height, :hash, :received, :credited, :waiting, :rejected, :swept, :elsewhere,
                    :held, :problem, :now)
            on conflict (chain_id, symbol) do update
               set height = excluded.height, block_hash = excluded.block_hash, received = excluded.received,
                   credited = excluded.credited, waiting = excluded.waiting, rejected = excluded.rejected,
                   swept = excluded.swept, elsewhere = excluded.elsewhere, held = excluded.held,
                   problem = excluded.problem, checked_at = excluded.checked_at\
            """)
                .param("chain", chain.id().text())
                .param("symbol", token.symbol())
                .param("height", recorded.at().height())
                .param("hash", recorded.at().hash())
                .param("received", new BigDecimal(sums.received()))
                .param("credited", new BigDecimal(sums.credited()))
                .param("waiting", new BigDecimal(sums.waiting()))
                .param("rejected", new BigDecimal(sums.rejected()))
                .param("swept", new BigDecimal(sums.swept()))
                .param("elsewhere", new BigDecimal(sums.elsewhere()))
                .param("held", held == null ? null : new BigDecimal(held), Types.NUMERIC)
                .param("problem", problem, Types.VARCHAR)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /** Of every token of a chain that was reconciled. */
    public List<ReconciledToken> of(Chain chain) {
        return jdbc.sql("select * from reconciliation where chain_id = ? order by symbol")
                .param(chain.id().text())
                .query((row, number) -> read(chain, row))
                .list();
    }

    private static ReconciledToken read(Chain chain, ResultSet row) throws SQLException {
        var symbol = row.getString("symbol");
        int decimals = chain.token(symbol).map(Token::decimals).orElse(0);
        var amounts = new ArrayList<String>();
        for (var column : List.of("received", "credited", "waiting", "rejected", "swept", "elsewhere")) {
            amounts.add(tokens(row.getBigDecimal(column), decimals));
        }
        var expected = row.getBigDecimal("received")
                .subtract(row.getBigDecimal("swept"))
                .subtract(row.getBigDecimal("elsewhere"));
        var held = row.getBigDecimal("held");
        return new ReconciledToken(
                symbol,
                row.getLong("height"),
                row.getString("block_hash"),
                amounts.get(0),
                amounts.get(1),
                amounts.get(2),
                amounts.get(3),
                amounts.get(4),
                amounts.get(5),
                tokens(expected, decimals),
                held == null ? null : tokens(held, decimals),
                held == null ? null : tokens(held.subtract(expected), decimals),
                row.getString("problem"),
                row.getTimestamp("checked_at").toInstant());
    }

    private static String tokens(BigDecimal amount, int decimals) {
        return new BigDecimal(amount.toBigIntegerExact(), decimals).toPlainString();
    }

    /** Of what is not as it must be, a sentence each. */
    public static List<String> alarms(List<ReconciledToken> tokens) {
        return tokens.stream()
                .filter(ReconciledToken::differs)
                .map(token -> "What our addresses hold of " + token.token() + " after block " + token.height()
                        + " differs by " + token.difference() + " from what reached and left them.")
                .toList();
    }
}
