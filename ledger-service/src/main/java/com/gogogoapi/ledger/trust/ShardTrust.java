package com.gogogoapi.ledger.trust;

import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.contracts.ledger.InstallationEvent;
import com.gogogoapi.contracts.ledger.IntakeAuthenticated;
import com.gogogoapi.contracts.ledger.IntakeGapAccepted;
import com.gogogoapi.contracts.ledger.IntakeReplaced;
import com.gogogoapi.contracts.ledger.SigningKeyRevoked;
import com.gogogoapi.contracts.ledger.SigningKeyTrusted;
import com.gogogoapi.contracts.ledger.order.SigningRole;
import com.gogogoapi.evidence.signing.VerifyingKey;
import com.gogogoapi.ledger.log.LedgerLog;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * Whom a shard believes, as the events of its {@link InstallationAccount} made it. Immutable.
 *
 * @param authenticated whether records must be authenticated and orders signed by now
 * @param keys all that ever were trusted, by their ids
 * @param topics which topics took the place of others
 */
public record ShardTrust(boolean authenticated, PMap<String, Key> keys, PSet<UUID> topics) {

    /** How many keys a shard trusts or ever trusted at most. */
    public static final int MAX_KEYS = 1_000;

    public static final ShardTrust NONE = new ShardTrust(false, HashTreePMap.empty(), HashTreePSet.empty());

    private static final int PAGE = 500;

    /** A key and what it may. */
    public record Key(String name, VerifyingKey key, Set<SigningRole> roles, boolean revoked) {}

    /** As a shard's log has it. */
    public static ShardTrust of(LedgerLog ledgerLog, int shard) throws SQLException {
        var trust = NONE;
        var account = InstallationAccount.of(shard).value();
        var next = 0L;
        while (true) {
            var page = ledgerLog.accountFrom(account, next, PAGE);
            for (var stored : page) {
                if (stored.event() instanceof InstallationEvent event) {
                    trust = trust.evolve(event);
                }
                next = stored.seq() + 1;
            }
            if (page.size() < PAGE) {
                return trust;
            }
        }
    }

    /** After one more event. */
    public ShardTrust evolve(InstallationEvent event) {
        return switch (event) {
            case IntakeAuthenticated mark -> new ShardTrust(true, keys, topics);
            case SigningKeyTrusted trusted -> {
                var key = VerifyingKey.parse(trusted.publicKey());
                yield with(key.id(), new Key(trusted.name(), key, EnumSet.copyOf(trusted.roles()), false));
            }
            case SigningKeyRevoked revoked -> {
                var key = keys.get(revoked.key());
                yield key == null ? this : with(revoked.key(), new Key(key.name(), key.key(), key.roles(), true));
            }
            case IntakeReplaced replaced -> new ShardTrust(authenticated, keys, topics.plus(replaced.requestId()));
            case IntakeGapAccepted gap -> this;
        };
    }

    private ShardTrust with(String id, Key key) {
        return new ShardTrust(authenticated, keys.plus(id, key), topics);
    }

    /** The key of that id, if it is trusted now. */
    @Nullable
    Key trusted(String id) {
        var key = keys.get(id);
        return key == null || key.revoked() ? null : key;
    }
}
