package com.gogogoapi.usage.alerts;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.CreditExpired;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.CreditRefused;
import com.gogogoapi.contracts.ledger.CreditReleased;
import com.gogogoapi.contracts.ledger.CreditReserved;
import com.gogogoapi.contracts.ledger.CreditRevoked;
import com.gogogoapi.contracts.ledger.CreditSettled;
import com.gogogoapi.contracts.ledger.CreditTransferred;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import com.gogogoapi.usage.following.Followed;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Tells when at least half of an account's requests to a route, and five, failed upstream within five minutes, and when that is over. */
@Component
class FailingUpstreams implements EventWatch {

    private final JdbcTemplate jdbc;
    private final Alerts alerts;

    FailingUpstreams(JdbcTemplate jdbc, Alerts alerts) {
        this.jdbc = jdbc;
        this.alerts = alerts;
    }

    private record Watched(AccountId account, String model) {}

    private record Name(AccountId account, UUID requestId) {}

    private record End(Followed followed, @Nullable String model, Outcome rule) {}

    @Override
    public void look(List<Followed> events) {
        var ends = events.stream()
                .map(FailingUpstreams::end)
                .filter(end -> end != null)
                .toList();
        if (ends.isEmpty()) {
            return;
        }
        var models = models(ends);
        var known = known(ends);
        var changed = new LinkedHashMap<Watched, UpstreamWindow>();
        for (var end : ends) {
            var event = end.followed().event();
            var model = end.model() == null ? models.get(new Name(event.accountId(), event.requestId())) : end.model();
            if (model != null) {
                var watched = new Watched(event.accountId(), model);
                var before = changed.getOrDefault(watched, known.getOrDefault(watched, UpstreamWindow.NONE));
                changed.put(watched, look(end, watched, before));
            }
        }
        keep(changed);
    }

    private static @Nullable End end(Followed followed) {
        return switch (followed.event()) {
            case CreditSettled settled when !settled.late() -> new End(followed, settled.model(), settled.outcome());
            case CreditReleased released -> new End(followed, null, released.outcome());
            // A late charge's request ended before it.
            case CreditSettled late -> null;
            case CreditReserved reserved -> null;
            case CreditRefused refused -> null;
            case CreditGranted granted -> null;
            case CreditRevoked revoked -> null;
            case CreditTransferred transferred -> null;
            case CreditExpired expired -> null;
            case ParkedAccountResumed resumed -> null;
            case InstallationEvent done -> null;
        };
    }

    private UpstreamWindow look(End end, Watched watched, UpstreamWindow before) {
        var event = end.followed().event();
        var after = before.after(event.decidedAt().getEpochSecond(), isFailure(end.rule()));
        if (after.isFailing() != before.isFailing()) {
            alerts.raise(
                    watched.account(),
                    after.isFailing() ? AlertKind.UPSTREAM_FAILING : AlertKind.UPSTREAM_RECOVERED,
                    watched.model(),
                    end.followed().shard(),
                    end.followed().sequence(),
                    event.decidedAt(),
                    Map.of("model", watched.model(), "failed", after.failed(), "ended", after.ended()));
        }
        return after;
    }

    private static boolean isFailure(Outcome rule) {
        return switch (rule) {
            case UPSTREAM_FAILED, UPSTREAM_FAILED_MIDWAY, TIMED_OUT, TIMED_OUT_MIDWAY -> true;
            case COMPLETED, USAGE_MISSING, CLIENT_LEFT, CLIENT_LEFT_AGAIN, CLIENT_LEFT_EARLY -> false;
            case INTERRUPTED, INTERRUPTED_MIDWAY, NOTHING_SERVED, HOLD_EXPIRED -> false;
        };
    }

    /** A release does not say of which route; its request's hold did. */
    private Map<Name, String> models(List<End> ends) {
        var released = ends.stream()
                .filter(end -> end.model() == null)
                .map(end -> end.followed().event().requestId())
                .map(UUID::toString)
                .toArray(String[]::new);
        var models = new HashMap<Name, String>();
        if (released.length > 0) {
            jdbc.query(
                    """
                    select account_id, request_id, model from request
                     where account_id = any(?) and request_id = any(cast(? as uuid[]))\
                    """,
                    row -> {
                        models.put(
                                new Name(new AccountId(row.getString(1)), row.getObject(2, UUID.class)),
                                row.getString(3));
                    },
                    accounts(ends),
                    released);
        }
        return models;
    }

    private Map<Watched, UpstreamWindow> known(List<End> ends) {
        var windows = new LinkedHashMap<Watched, UpstreamWindow>();
        jdbc.query(
                "select * from upstream_watch where account_id = any(?)",
                row -> {
                    windows.put(
                            new Watched(new AccountId(row.getString("account_id")), row.getString("model")),
                            new UpstreamWindow(
                                    row.getLong("begun"),
                                    row.getInt("ended"),
                                    row.getInt("failed"),
                                    row.getBoolean("is_failing")));
                },
                (Object) accounts(ends));
        return windows;
    }

    private void keep(Map<Watched, UpstreamWindow> changed) {
        jdbc.batchUpdate(
                """
                insert into upstream_watch values (?, ?, ?, ?, ?, ?)
                on conflict (account_id, model) do update
                   set begun = excluded.begun, ended = excluded.ended, failed = excluded.failed,
                       is_failing = excluded.is_failing\
                """,
                changed.entrySet().stream()
                        .map(one -> new Object[] {
                            one.getKey().account().value(),
                            one.getKey().model(),
                            one.getValue().begun(),
                            one.getValue().ended(),
                            one.getValue().failed(),
                            one.getValue().isFailing()
                        })
                        .toList());
    }

    private static String[] accounts(List<End> ends) {
        return ends.stream()
                .map(end -> end.followed().event().accountId().value())
                .distinct()
                .toArray(String[]::new);
    }
}
