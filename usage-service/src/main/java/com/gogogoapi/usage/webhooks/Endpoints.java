package com.gogogoapi.usage.webhooks;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.usage.webhooks.Endpoint.Earlier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of endpoints. */
@Repository
class Endpoints {

    private final JdbcClient jdbc;

    Endpoints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Endpoint> of(AccountId account) {
        return jdbc.sql("select * from webhook_endpoint where account_id = ? order by created_at, endpoint_id")
                .param(account.value())
                .query((row, number) -> endpoint(row))
                .list();
    }

    Optional<Endpoint> find(AccountId account, UUID id) {
        return of(account).stream().filter(endpoint -> endpoint.id().equals(id)).findFirst();
    }

    /** False if the account has so many already. */
    boolean add(Endpoint endpoint, int most) {
        return jdbc.sql("""
            insert into webhook_endpoint
            select :id, :account, :url, :secret, :events, :created, null, null
             where (select count(*) from webhook_endpoint where account_id = :account) < :most\
            """)
                        .param("id", endpoint.id())
                        .param("account", endpoint.account().value())
                        .param("url", endpoint.url())
                        .param("secret", endpoint.secret())
                        .param("events", endpoint.events().toArray(String[]::new))
                        .param("created", Timestamp.from(endpoint.createdAt()))
                        .param("most", most)
                        .update()
                == 1;
    }

    void remove(UUID id) {
        jdbc.sql("delete from webhook_endpoint where endpoint_id = ?").param(id).update();
    }

    /** Nothing that waits for it is sent any more. False if it was off already. */
    boolean switchOff(UUID id, Instant at, String reason) {
        var wasOn = jdbc.sql("""
            update webhook_endpoint set disabled_at = ?, disabled_reason = ?
             where endpoint_id = ? and disabled_at is null\
            """).params(Timestamp.from(at), reason, id).update() == 1;
        jdbc.sql("update webhook_delivery set next_at = null where endpoint_id = ?")
                .param(id)
                .update();
        return wasOn;
    }

    void switchOn(UUID id) {
        jdbc.sql("update webhook_endpoint set disabled_at = null, disabled_reason = null where endpoint_id = ?")
                .param(id)
                .update();
    }

    /** Signs by another secret, and until then by the one before too. */
    void rotate(UUID id, String secret, Instant until) {
        jdbc.sql("""
            update webhook_endpoint set earlier_secret = secret, earlier_secret_until = ?, secret = ? where endpoint_id = ?\
            """).params(Timestamp.from(until), secret, id).update();
    }

    private static @Nullable Earlier earlier(ResultSet row) throws SQLException {
        var until = row.getTimestamp("earlier_secret_until");
        return until == null ? null : new Earlier(row.getString("earlier_secret"), until.toInstant());
    }

    static Endpoint endpoint(ResultSet row) throws SQLException {
        var disabled = row.getTimestamp("disabled_at");
        return new Endpoint(
                row.getObject("endpoint_id", UUID.class),
                new AccountId(row.getString("account_id")),
                row.getString("url"),
                row.getString("secret"),
                earlier(row),
                List.of((String[]) row.getArray("events").getArray()),
                row.getTimestamp("created_at").toInstant(),
                disabled == null ? null : disabled.toInstant(),
                row.getString("disabled_reason"));
    }
}
