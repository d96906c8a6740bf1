package com.gogogoapi.ledger.publication;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.GrantExpiryDue;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the grants are kept that are still to expire, so that neither a start nor a worker's memory has to hold years of
 * them. {@link PostgresExpiringGrants} is the real place.
 */
public interface ExpiringGrants {

    record ExpiringGrant(int shard, AccountId accountId, UUID grantId, Instant expiresAt) {

        GrantExpiryDue due() {
            return new GrantExpiryDue(accountId, grantId, expiresAt);
        }
    }

    /** Keeps what was granted, also what is kept already, and then forgets what is over. */
    void save(Collection<ExpiringGrant> granted, Collection<ExpiringGrant> over) throws SQLException;

    /**
     * A page of those of these shards whose life is over, by expiry and id.
     *
     * @param after the last of the page before; null for the first page
     */
    List<ExpiringGrant> due(Collection<Integer> shards, Instant now, @Nullable ExpiringGrant after, int limit)
            throws SQLException;
}
