package com.gogogoapi.usage.requests;

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
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.ParkedAccountResumed;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.usage.following.Followed;
import com.gogogoapi.usage.following.InconsistentEventException;
import com.gogogoapi.usage.following.ReadModel;
import com.gogogoapi.usage.rollup.Rollups;
import com.gogogoapi.usage.rollup.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Makes requests of events, and of every event that ended one what it says was used: by whom and of which route only the
 * hold knows.
 */
@Component
@Order(0)
class RequestHistory implements ReadModel {

    private final RequestRows rows;
    private final Rollups rollups;

    RequestHistory(RequestRows rows, Rollups rollups) {
        this.rows = rows;
        this.rollups = rollups;
    }

    /** A request's name; of two accounts' requests one id may be both's. */
    record Name(AccountId account, UUID requestId) {

        static Name of(LedgerEvent event) {
            return new Name(event.accountId(), event.requestId());
        }
    }

    @Override
    public void take(List<Followed> events) {
        var known = known(events);
        var changed = new LinkedHashMap<Name, RequestRow>();
        var uses = new ArrayList<Use>();
        for (var followed : events) {
            switch (followed.event()) {
                case CreditReserved reserved -> {
                    var row = RequestRow.of(followed.shard(), followed.sequence(), reserved);
                    known.put(Name.of(reserved), row);
                    changed.put(Name.of(reserved), row);
                }
                case CreditSettled settled -> {
                    var row = begun(known, followed).with(followed.sequence(), settled);
                    known.put(Name.of(settled), row);
                    changed.put(Name.of(settled), row);
                    uses.add(use(row, followed.sequence(), settled));
                }
                case CreditReleased released -> {
                    var row = begun(known, followed).with(followed.sequence(), released);
                    known.put(Name.of(released), row);
                    changed.put(Name.of(released), row);
                    uses.add(use(row, followed.sequence(), released));
                }
                // Credit comes and goes without anything being used.
                case CreditRefused refused -> {}
                case CreditGranted granted -> {}
                case CreditRevoked revoked -> {}
                case CreditTransferred transferred -> {}
                case CreditExpired expired -> {}
                // What operators say of an account or of the ledger itself uses nothing.
                case ParkedAccountResumed resumed -> {}
                case InstallationEvent done -> {}
            }
        }
        rows.write(changed.values());
        rollups.add(uses);
    }

    /** The requests that end here and began before. */
    private Map<Name, RequestRow> known(List<Followed> events) {
        var names = events.stream()
                .map(Followed::event)
                .filter(event -> event instanceof CreditSettled || event instanceof CreditReleased)
                .map(Name::of)
                .distinct()
                .toList();
        var known = new LinkedHashMap<Name, RequestRow>();
        for (var row : rows.named(names)) {
            known.put(new Name(row.account(), row.requestId()), row);
        }
        return known;
    }

    private static RequestRow begun(Map<Name, RequestRow> known, Followed followed) {
        var row = known.get(Name.of(followed.event()));
        if (row == null) {
            throw new InconsistentEventException("event %d of shard %d ends request %s, which never began"
                    .formatted(
                            followed.sequence(),
                            followed.shard(),
                            followed.event().requestId()));
        }
        return row;
    }

    private static Use use(RequestRow row, long sequence, CreditSettled settled) {
        var reasoning = settled.reasoningTokens();
        return new Use(
                settled.accountId(),
                settled.decidedAt(),
                settled.late() ? 0 : 1,
                row.asked().by(),
                row.asked().model(),
                settled.outcome(),
                settled.usage(),
                reasoning == null ? 0 : reasoning,
                settled.chargedUsd(),
                settled.releasedUsd(),
                settled.overrunUsd(),
                sequence);
    }

    private static Use use(RequestRow row, long sequence, CreditReleased released) {
        return new Use(
                released.accountId(),
                released.decidedAt(),
                1,
                row.asked().by(),
                row.asked().model(),
                released.outcome(),
                null,
                0,
                Usd.ZERO,
                released.releasedUsd(),
                Usd.ZERO,
                sequence);
    }

    @Override
    public void forget() {
        rows.forget();
        rollups.forget();
    }
}
