package com.gogogoapi.ledger.publication;

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
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import com.gogogoapi.ledger.account.Decision;
import com.gogogoapi.ledger.publication.ExpiringGrants.ExpiringGrant;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Announces which grants of a worker's shards are over. Like a hold's end it is decided by the ledger, and an announcement
 * may get lost: it is repeated until the ledger says that nothing of the grant is left.
 *
 * <p>A grant may live for years, so it is not kept in mind as an open hold is, but where {@link ExpiringGrants} are. Every
 * row there is announced in its turn, so that grants which cannot end yet keep none of the others waiting; and of all that
 * are due no more than {@link #AT_ONCE} are announced and not yet answered, so that a late intake is not made later.
 */
final class GrantExpiries {

    /** How often those that are over are looked for. */
    static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /** How long an announcement is given to take effect, and requests in flight to end. */
    static final Duration REPEAT_AFTER = Duration.ofSeconds(10);

    /** Announced at once; the others follow with the next look, which is soon then. */
    static final int AT_ONCE = 1_000;

    private final ExpiringGrants grants;
    private final List<ExpiringGrant> granted = new ArrayList<>();
    private final List<ExpiringGrant> over = new ArrayList<>();

    /** Until when a grant is not announced again; the first ends first. */
    private final Map<UUID, Instant> announced = new LinkedHashMap<>();

    private Instant lookAt = Instant.MIN;
    private @Nullable ExpiringGrant last;

    GrantExpiries(ExpiringGrants grants) {
        this.grants = grants;
    }

    void follow(int shard, LedgerEvent event) {
        switch (event) {
            case CreditGranted grant -> {
                if (grant.expiresAt() != null) {
                    granted.add(new ExpiringGrant(shard, grant.accountId(), grant.requestId(), grant.expiresAt()));
                }
            }
            // Whether that was all of it, the next announcement tells.
            case CreditExpired expired -> announced.remove(expired.requestId());
            case CreditReserved reserved -> {}
            case CreditRefused refused -> {}
            case CreditSettled settled -> {}
            case CreditReleased released -> {}
            case CreditRevoked revoked -> {}
            case CreditTransferred transferred -> {}
            case ParkedAccountResumed resumed -> {}
            case InstallationEvent done -> {}
        }
    }

    /** What became of an announcement that ended nothing. */
    void ignored(int shard, GrantExpiryDue due, Decision.Ignored.Reason reason) {
        if (reason == Decision.Ignored.Reason.NOTHING_LEFT) {
            over.add(new ExpiringGrant(shard, due.accountId(), due.requestId(), due.expiresAt()));
            announced.remove(due.requestId());
        }
    }

    /** To be done before a position is saved that has passed these grants. */
    void save() throws SQLException {
        if (!granted.isEmpty() || !over.isEmpty()) {
            grants.save(granted, over);
            granted.clear();
            over.clear();
        }
    }

    /** The grants to announce now; to be asked after {@link #save}, so that what is over is not announced again. */
    List<GrantExpiryDue> takeDue(Collection<Integer> shards, Instant now) throws SQLException {
        if (now.isBefore(lookAt) || shards.isEmpty()) {
            return List.of();
        }
        announced.values().removeIf(until -> !now.isBefore(until));
        var page = grants.due(shards, now, last, AT_ONCE);
        var due = new ArrayList<GrantExpiryDue>();
        for (var grant : page) {
            if (announced.size() == AT_ONCE) {
                break;
            }
            last = grant;
            if (announced.putIfAbsent(grant.grantId(), now.plus(REPEAT_AFTER)) == null) {
                due.add(grant.due());
            }
        }
        var more = page.size() == AT_ONCE || announced.size() == AT_ONCE;
        if (!more) {
            last = null;
        }
        lookAt = more ? now : now.plus(LOOK_EVERY);
        return due;
    }
}
