package com.gogogoapi.funding.credit;

import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Token;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Tokens that an operator has stopped by hand. */
@Repository
class TokenStops {

    private final JdbcClient jdbc;
    private final Clock clock;

    TokenStops(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    record Stop(String chainId, String symbol, String stoppedBy, String reason, Instant stoppedAt) {}

    Optional<Stop> of(Chain chain, Token token) {
        return all().stream()
                .filter(stop -> stop.chainId().equals(chain.id().text())
                        && stop.symbol().equals(token.symbol()))
                .findFirst();
    }

    List<Stop> all() {
        return jdbc.sql("select * from token_stop order by chain_id, symbol")
                .query((row, number) -> new Stop(
                        row.getString("chain_id"),
                        row.getString("symbol"),
                        row.getString("stopped_by"),
                        row.getString("reason"),
                        row.getTimestamp("stopped_at").toInstant()))
                .list();
    }

    void stop(Chain chain, Token token, String by, String reason) {
        jdbc.sql("""
            insert into token_stop (chain_id, symbol, stopped_by, reason, stopped_at) values (?, ?, ?, ?, ?)
            on conflict (chain_id, symbol) do update
               set stopped_by = excluded.stopped_by, reason = excluded.reason, stopped_at = excluded.stopped_at\
            """)
                .params(chain.id().text(), token.symbol(), by, reason, Timestamp.from(clock.instant()))
                .update();
    }

    /** What waits for it is looked at again at once. */
    void resume(Chain chain, Token token) {
        jdbc.sql("delete from token_stop where chain_id = ? and symbol = ?")
                .params(chain.id().text(), token.symbol())
                .update();
        jdbc.sql(
                        "update deposit set next_at = ? where state = 'final' and chain_id = ? and symbol = ? and asked_at is null")
                .params(Timestamp.from(clock.instant()), chain.id().text(), token.symbol())
                .update();
    }
}
