package com.gogogoapi.ledger.publication;

import com.gogogoapi.contracts.intake.GrantExpiryDue;
import com.gogogoapi.contracts.ledger.CreditGranted;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.ledger.account.Decision;
import com.gogogoapi.ledger.publication.ExpiringGrants.ExpiringGrant;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Announces which grants of a worker's shards are over. Like a hold's end it is decided by the ledger, and an announcement
 * may get lost: it is repeated until the ledger says that nothing of the grant is left.
 *
 * <p>A grant may live for years, so it is not kept in mind as an open hold is, but where {@link ExpiringGrants} are. Every
 * row there is announced in its turn, so that grants which cannot end yet keep none of the others waiting.
 */
final class GrantExpiries {

    /** How often those that are over are looked for, and thus announced again. */
    static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /** Announced at once; the others follow with the next look, which is soon then. */
    static final int AT_ONCE = 1_000;

    private final ExpiringGrants grants;
    private final List<ExpiringGrant> granted = new ArrayList<>();
    private final List<ExpiringGrant> over = new ArrayList<>();
    private Instant lookAt = Instant.MIN;
    private @Nullable ExpiringGrant last;

    GrantExpiries(ExpiringGrants grants) {
        this.grants = grants;
    }

    void follow(int shard, LedgerEvent event) {
        if (event instanceof CreditGranted grant && grant.expiresAt() != null) {
            granted.add(new ExpiringGrant(shard, grant.accountId(), grant.requestId(), grant.expiresAt()));
        }
    }

    /** What became of an announcement. */
    void ignored(int shard, GrantExpiryDue due, Decision.Ignored.Reason reason) {
        if (reason == Decision.Ignored.Reason.NOTHING_LEFT) {
            over.add(new ExpiringGrant(shard, due.accountId(), due.requestId(), due.expiresAt()));
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

    /** The grants to announce now. */
    List<GrantExpiryDue> takeDue(Collection<Integer> shards, Instant now) throws SQLException {
        if (now.isBefore(lookAt) || shards.isEmpty()) {
            return List.of();
        }
        var due = grants.due(shards, now, last, AT_ONCE);
        var more = due.size() == AT_ONCE;
        last = more ? due.getLast() : null;
        lookAt = more ? now : now.plus(LOOK_EVERY);
        return due.stream().map(ExpiringGrant::due).toList();
    }
}
