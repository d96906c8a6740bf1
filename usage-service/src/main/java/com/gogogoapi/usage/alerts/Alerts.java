package com.gogogoapi.usage.alerts;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.usage.api.Readings;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Raises alerts, within the caller's transaction: each is kept, once, and given to every channel. */
@Component
public class Alerts {

    private final JdbcClient jdbc;
    private final List<AlertChannel> channels;
    private final SeenEvents seen;
    private final Readings readings;

    Alerts(JdbcClient jdbc, List<AlertChannel> channels, SeenEvents seen, Readings readings) {
        this.jdbc = jdbc;
        this.channels = List.copyOf(channels);
        this.seen = seen;
        this.readings = readings;
    }

    /**
     * Of an event.
     *
     * @param subject what of the kind it is about; of one kind, subject and sequence there is one alert
     * @param details what else the payload says
     */
    public Alert raise(
            AccountId account,
            AlertKind kind,
            String subject,
            int shard,
            long sequence,
            Instant at,
            Map<String, ?> details) {
        return keep(made(account, kind, subject, Long.toString(sequence), shard, sequence, at, details));
    }

    /** Of what is no event and may be said again: of one kind and subject there is one alert, whenever it is raised. */
    void raiseOnce(AccountId account, AlertKind kind, String subject, Instant at, Map<String, ?> details) {
        var shard = readings.shardOf(account);
        keep(made(account, kind, subject, "once", shard, seen.until(shard), at, details));
    }

    private Alert keep(Alert alert) {
        var isNew = jdbc.sql("insert into alert values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
                        .params(
                                alert.id(),
                                alert.account().value(),
                                alert.kind().wireName(),
                                alert.shard(),
                                alert.sequence(),
                                Timestamp.from(alert.at()),
                                alert.payload())
                        .update()
                == 1;
        if (isNew) {
            channels.forEach(channel -> channel.keep(alert));
        }
        return alert;
    }

    /** Of what is no event: with the last one of the account's shard that was looked at before it. */
    public Alert raise(AccountId account, AlertKind kind, String subject, Instant at, Map<String, ?> details) {
        var shard = readings.shardOf(account);
        return raise(account, kind, subject, shard, seen.until(shard), at, details);
    }

    private static Alert made(
            AccountId account,
            AlertKind kind,
            String subject,
            String when,
            int shard,
            long sequence,
            Instant at,
            Map<String, ?> details) {
        var data = new LinkedHashMap<String, Object>();
        data.put("account_id", account.value());
        data.put("shard", shard);
        data.put("sequence", sequence);
        data.putAll(details);
        var payload = new LinkedHashMap<String, Object>();
        payload.put("type", kind.wireName());
        payload.put("timestamp", at);
        payload.put("data", data);
        return new Alert(
                TimeOrderedIds.named("alert", account.value(), kind.wireName(), subject, when),
                account,
                kind,
                shard,
                sequence,
                at,
                EventJson.mapper().writeValueAsString(payload));
    }
}
