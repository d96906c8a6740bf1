package com.gogogoapi.ledger.intake;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.contracts.ledger.order.SigningRole;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
import com.gogogoapi.ledger.trust.ShardTrust;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The keys by which orders are signed, as the shards' logs have them. */
@RestController
class SigningKeysController {

    private final LedgerLog ledgerLog;
    private final InstalledTopics topics;

    SigningKeysController(DataSource dataSource, InstalledTopics topics) {
        this.ledgerLog = new PostgresLedgerLog(dataSource);
        this.topics = topics;
    }

    /** @param authenticatedShards how many shards take only what is authenticated and signed */
    record Keys(
            List<KeyLine> data,
            int shards,
            @JsonProperty("authenticated_shards") int authenticatedShards) {}

    /**
     * @param key the key's id
     * @param publicKey its X.509 encoding in Base64
     * @param trustedShards how many shards trust it now
     * @param revokedShards how many no longer do
     */
    record KeyLine(
            String key,
            String name,
            @JsonProperty("public_key") String publicKey,
            List<SigningRole> roles,
            @JsonProperty("trusted_shards") int trustedShards,
            @JsonProperty("revoked_shards") int revokedShards) {

        KeyLine and(boolean revoked) {
            return new KeyLine(
                    key, name, publicKey, roles, trustedShards + (revoked ? 0 : 1), revokedShards + (revoked ? 1 : 0));
        }
    }

    @GetMapping("/internal/signing-keys")
    Keys keys() {
        var lines = new TreeMap<String, KeyLine>();
        var authenticated = 0;
        for (var shard = 0; shard < topics.shards(); shard++) {
            var trust = trust(shard);
            authenticated += trust.authenticated() ? 1 : 0;
            trust.keys().forEach((id, key) -> {
                var none = new KeyLine(
                        id,
                        key.name(),
                        key.key().base64(),
                        key.roles().stream().sorted().toList(),
                        0,
                        0);
                lines.merge(id, none.and(key.revoked()), (line, one) -> line.and(key.revoked()));
            });
        }
        return new Keys(List.copyOf(lines.values()), topics.shards(), authenticated);
    }

    private ShardTrust trust(int shard) {
        try {
            return ShardTrust.of(ledgerLog, shard);
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("Whom a shard trusts could not be read.", e);
        }
    }
}
