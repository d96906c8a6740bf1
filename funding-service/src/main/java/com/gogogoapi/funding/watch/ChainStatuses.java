package com.gogogoapi.funding.watch;

import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.chains.Token;
import com.gogogoapi.funding.settings.FundingProperties;
import com.gogogoapi.funding.treasury.Departures;
import com.gogogoapi.funding.treasury.Reconciled;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How every chain stands, as whoever owns it wrote it last: so any instance can say it, and that nobody looks any more. */
@Repository
class ChainStatuses {

    private static final Duration NOBODY_LOOKS = Duration.ofMinutes(2);

    private final JdbcClient jdbc;
    private final Chains chains;
    private final Departures departures;
    private final Reconciled reconciled;
    private final Clock clock;
    private final Duration lease;
    private final Instant started;

    ChainStatuses(
            JdbcClient jdbc,
            Chains chains,
            Departures departures,
            Reconciled reconciled,
            Clock clock,
            FundingProperties properties) {
        this.jdbc = jdbc;
        this.departures = departures;
        this.reconciled = reconciled;
        this.chains = chains;
        this.clock = clock;
        this.lease = properties.watch().lease();
        this.started = clock.instant();
    }

    List<ChainStatus> all() {
        return chains.all().stream().map(this::of).toList();
    }

    Optional<ChainStatus> of(String chainId) {
        return chains.byId(chainId).map(this::of);
    }

    private ChainStatus of(Chain chain) {
        return jdbc.sql("select * from chain_watch where chain_id = ?")
                .param(chain.id().text())
                .query((row, number) -> status(chain, row))
                .optional()
                .orElseGet(() -> new ChainStatus(
                        chain.id().text(),
                        chain.name(),
                        chain.test(),
                        symbols(chain),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        notLookedAt(started)));
    }

    private ChainStatus status(Chain chain, ResultSet row) throws SQLException {
        var finalHeight = row.getObject("final_height", Long.class);
        var target = row.getObject("target_height", Long.class);
        var headChanged = instant(row, "head_changed_at");
        var lookedAt = instant(row, "looked_at");
        var alarms = new ArrayList<>(notLookedAt(lookedAt == null ? started : lookedAt));
        var problem = row.getString("problem");
        if (problem != null) {
            alarms.add("It does not go on since " + instant(row, "problem_since") + ": " + problem + ".");
        }
        still(headChanged, chain.standsStillAfter(), "no new block", alarms);
        still(instant(row, "target_changed_at"), chain.finalStandsStillAfter(), "no newly final block", alarms);
        var tokens = reconciled.of(chain);
        alarms.addAll(Reconciled.alarms(tokens));
        var unexplained = departures.unexplained(chain.id());
        if (unexplained > 0) {
            alarms.add(unexplained + " transfers left our addresses for elsewhere than the treasury.");
        }
        return new ChainStatus(
                chain.id().text(),
                chain.name(),
                chain.test(),
                symbols(chain),
                finalHeight,
                target,
                finalHeight == null || target == null ? null : Math.max(0, target - finalHeight),
                row.getObject("native_height", Long.class),
                row.getObject("began_at_height", Long.class),
                row.getObject("head_height", Long.class),
                headChanged,
                lookedAt,
                row.getString("nodes"),
                tokens,
                alarms);
    }

    private static List<String> symbols(Chain chain) {
        return chain.tokens().stream().map(Token::symbol).toList();
    }

    private List<String> notLookedAt(Instant last) {
        var longest = lease.multipliedBy(2).compareTo(NOBODY_LOOKS) > 0 ? lease.multipliedBy(2) : NOBODY_LOOKS;
        return isOver(last, longest) ? List.of("Nobody has looked at it since " + last + ".") : List.of();
    }

    private void still(@Nullable Instant changed, Duration longest, String what, List<String> alarms) {
        if (changed != null && isOver(changed, longest)) {
            alarms.add("It stands still: " + what + " since " + changed + ".");
        }
    }

    private boolean isOver(Instant since, Duration longest) {
        return since.plus(longest).isBefore(clock.instant());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
