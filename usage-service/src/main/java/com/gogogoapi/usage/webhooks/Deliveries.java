package com.gogogoapi.usage.webhooks;

import com.gogogoapi.usage.alerts.Alert;
import com.gogogoapi.usage.alerts.AlertChannel;
import com.gogogoapi.usage.alerts.AlertKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is to be delivered where, and what became of it. */
@Repository
class Deliveries implements AlertChannel {

    private final JdbcClient jdbc;
    private final Endpoints endpoints;
    private final Clock clock;

    Deliveries(JdbcClient jdbc, Endpoints endpoints, Clock clock) {
        this.jdbc = jdbc;
        this.endpoints = endpoints;
        this.clock = clock;
    }

    /** What is due, and where to. */
    record Due(Endpoint endpoint, UUID alertId, String payload, int attempts) {}

    /** @param deliveredAt null while it is not */
    record Delivery(
            UUID alertId,
            String kind,
            long sequence,
            int attempts,
            @Nullable Instant nextAt,
            @Nullable Instant deliveredAt,
            @Nullable Integer lastStatus,
            @Nullable String lastError) {}

    @Override
    public void keep(Alert alert) {
        // A test is for one endpoint, which asked for it.
        if (alert.kind() != AlertKind.TEST) {
            for (var endpoint : endpoints.of(alert.account())) {
                if (endpoint.wants(alert.kind().wireName())) {
                    deliver(endpoint.id(), alert.id());
                }
            }
        }
    }

    void deliver(UUID endpoint, UUID alert) {
        jdbc.sql("insert into webhook_delivery (endpoint_id, alert_id, next_at) values (?, ?, ?) on conflict do"
                        + " nothing")
                .params(endpoint, alert, Timestamp.from(clock.instant()))
                .update();
    }

    /** Everything that the endpoint wants of that sequence and later is delivered again. @return how many */
    int replay(Endpoint endpoint, long fromSequence, int most) {
        return jdbc.sql("""
            insert into webhook_delivery (endpoint_id, alert_id, next_at)
            select :endpoint, alert_id, :now from alert
             where account_id = :account and sequence >= :from and kind <> 'test'
               and (:all or kind = any(:events))
             order by sequence limit :most
            on conflict (endpoint_id, alert_id) do update
               set attempts = 0, next_at = excluded.next_at, delivered_at = null\
            """)
                .param("endpoint", endpoint.id())
                .param("now", Timestamp.from(clock.instant()))
                .param("account", endpoint.account().value())
                .param("from", fromSequence)
                .param("all", endpoint.events().isEmpty())
                .param("events", endpoint.events().toArray(String[]::new))
                .param("most", most)
                .update();
    }

    /** Claims what is due: nobody else is given it before then. */
    List<Due> claim(Duration lease, int most) {
        var now = clock.instant();
        return jdbc.sql("""
            with due as (
                select endpoint_id, alert_id from webhook_delivery where next_at <= :now
                 order by next_at limit :most for update skip locked),
            claimed as (
                update webhook_delivery d set next_at = :lease from due
                 where d.endpoint_id = due.endpoint_id and d.alert_id = due.alert_id
             returning d.endpoint_id, d.alert_id, d.attempts)
            select e.*, c.alert_id, c.attempts, a.payload
              from claimed c join webhook_endpoint e using (endpoint_id) join alert a using (alert_id)\
            """)
                .param("now", Timestamp.from(now))
                .param("lease", Timestamp.from(now.plus(lease)))
                .param("most", most)
                .query((row, number) -> due(row))
                .list();
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                Endpoints.endpoint(row),
                row.getObject("alert_id", UUID.class),
                row.getString("payload"),
                row.getInt("attempts"));
    }

    void delivered(Due due, int status) {
        jdbc.sql("""
            update webhook_delivery
               set attempts = attempts + 1, next_at = null, delivered_at = ?, last_status = ?, last_error = null
             where endpoint_id = ? and alert_id = ?\
            """)
                .params(Timestamp.from(clock.instant()), status, due.endpoint().id(), due.alertId())
                .update();
    }

    /** @param retryAfter null for never */
    void failed(Due due, @Nullable Integer status, String error, @Nullable Duration retryAfter) {
        jdbc.sql("""
            update webhook_delivery
               set attempts = attempts + 1, next_at = :next, last_status = :status, last_error = :error
             where endpoint_id = :endpoint and alert_id = :alert\
            """)
                .param(
                        "next",
                        retryAfter == null
                                ? null
                                : Timestamp.from(clock.instant().plus(retryAfter)),
                        Types.TIMESTAMP)
                .param("status", status, Types.INTEGER)
                .param("error", error)
                .param("endpoint", due.endpoint().id())
                .param("alert", due.alertId())
                .update();
    }

    /** The newest ones. */
    List<Delivery> of(UUID endpoint, int most) {
        return jdbc.sql("""
            select * from webhook_delivery join alert using (alert_id) where endpoint_id = ?
             order by at desc, sequence desc limit ?\
            """)
                .params(endpoint, most)
                .query((row, number) -> new Delivery(
                        row.getObject("alert_id", UUID.class),
                        row.getString("kind"),
                        row.getLong("sequence"),
                        row.getInt("attempts"),
                        instant(row, "next_at"),
                        instant(row, "delivered_at"),
                        row.getObject("last_status", Integer.class),
                        row.getString("last_error")))
                .list();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
