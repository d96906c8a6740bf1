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
import java.util.Arrays;
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

    /**
     * What is due, and where to.
     *
     * @param keptAt since when it is to be delivered
     */
    record Due(Endpoint endpoint, UUID alertId, String payload, int attempts, Instant keptAt) {}

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
                if (endpoint.wants(alert.kind())) {
                    deliver(endpoint.id(), alert.id());
                }
            }
        }
    }

    void deliver(UUID endpoint, UUID alert) {
        var now = Timestamp.from(clock.instant());
        jdbc.sql("""
            insert into webhook_delivery (endpoint_id, alert_id, kept_at, next_at) values (?, ?, ?, ?)
            on conflict do nothing\
            """).params(endpoint, alert, now, now).update();
    }

    /** Of an endpoint's tests the last is kept. */
    void forgetTests(UUID endpoint) {
        jdbc.sql("""
            delete from alert where alert_id in (
                select alert_id from webhook_delivery join alert using (alert_id) where endpoint_id = ? and kind = ?)\
            """).params(endpoint, AlertKind.TEST.wireName()).update();
    }

    /**
     * Everything that the endpoint wants of that sequence and later is delivered again.
     *
     * @return the sequences of what is, in order; as many as asked for at most
     */
    List<Long> replay(Endpoint endpoint, long fromSequence, int most) {
        return jdbc.sql("""
            with wanted as (
                select alert_id, sequence from alert
                 where account_id = :account and sequence >= :from and kind <> :test
                   and (:all and kind <> all(:byName) or kind = any(:events))
                 order by sequence, alert_id limit :most),
            kept as (
                insert into webhook_delivery (endpoint_id, alert_id, kept_at, next_at)
                select :endpoint, alert_id, :now, :now from wanted
                on conflict (endpoint_id, alert_id) do update
                   set attempts = 0, kept_at = excluded.kept_at, next_at = excluded.next_at, delivered_at = null)
            select sequence from wanted order by sequence\
            """)
                .param("endpoint", endpoint.id())
                .param("now", Timestamp.from(clock.instant()))
                .param("account", endpoint.account().value())
                .param("from", fromSequence)
                .param("test", AlertKind.TEST.wireName())
                .param("all", endpoint.events().isEmpty())
                .param(
                        "byName",
                        Arrays.stream(AlertKind.values())
                                .filter(AlertKind::isOnlyByName)
                                .map(AlertKind::wireName)
                                .toArray(String[]::new))
                .param("events", endpoint.events().toArray(String[]::new))
                .param("most", most)
                .query(Long.class)
                .list();
    }

    /**
     * Claims what is due: nobody else is given it before the lease ends. Of each endpoint a few, and every one's first before
     * any one's second: one that takes nothing holds up no other's.
     */
    List<Due> claim(Duration lease, int most, int mostOfOne) {
        var now = clock.instant();
        return jdbc.sql("""
            with waiting as (
                select endpoint_id, alert_id, next_at,
                       row_number() over (partition by endpoint_id order by next_at, alert_id) as nth
                  from webhook_delivery join webhook_endpoint using (endpoint_id)
                 where next_at <= :now and disabled_at is null),
            due as (
                select endpoint_id, alert_id from webhook_delivery
                 where next_at <= :now and (endpoint_id, alert_id) in (
                       select endpoint_id, alert_id from waiting where nth <= :each order by nth, next_at limit :most)
                   for update skip locked),
            claimed as (
                update webhook_delivery d set next_at = :lease from due
                 where d.endpoint_id = due.endpoint_id and d.alert_id = due.alert_id
             returning d.endpoint_id, d.alert_id, d.attempts, d.kept_at)
            select e.*, c.alert_id, c.attempts, c.kept_at, a.payload
              from claimed c join webhook_endpoint e using (endpoint_id) join alert a using (alert_id)\
            """)
                .param("now", Timestamp.from(now))
                .param("lease", Timestamp.from(now.plus(lease)))
                .param("most", most)
                .param("each", mostOfOne)
                .query((row, number) -> due(row))
                .list();
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                Endpoints.endpoint(row),
                row.getObject("alert_id", UUID.class),
                row.getString("payload"),
                row.getInt("attempts"),
                row.getTimestamp("kept_at").toInstant());
    }

    /** Whether the endpoint has taken anything since then. */
    boolean hasTaken(UUID endpoint, Instant since) {
        return jdbc.sql("select exists (select 1 from webhook_delivery where endpoint_id = ? and delivered_at >= ?)")
                .params(endpoint, Timestamp.from(since))
                .query(Boolean.class)
                .single();
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

    /** @param retryAfter null for never, which it also is where the endpoint was switched off meanwhile */
    void failed(Due due, @Nullable Integer status, String error, @Nullable Duration retryAfter) {
        jdbc.sql("""
            update webhook_delivery
               set attempts = attempts + 1, last_status = :status, last_error = :error,
                   next_at = (select cast(:next as timestamptz) from webhook_endpoint
                               where endpoint_id = :endpoint and disabled_at is null)
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
