package com.gogogoapi.proxy.outbox;

import com.gogogoapi.chassis.installation.InstallationProperties;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.messaging.EventJson;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * The outbox in the database, which all instances share. Times are the database's: instances need not agree on one.
 *
 * <p>Every method is one statement for however many, and throws {@link org.springframework.dao.DataAccessException}.
 */
@Repository
class OutboxRows {

    private static final int STATEMENT_SECONDS = 5;

    /** In one order, so that two instances never wait for each other. */
    private static final String WRITE = """
            insert into request_outbox (request_id, completion, ended, instance, due_at)
            select request_id, completion, ?, ?, now() + ? * interval '1 millisecond'
              from unnest(?::uuid[], ?::text[]) as written (request_id, completion)
             order by request_id
            on conflict (request_id) do update
               set completion = excluded.completion, ended = excluded.ended, instance = excluded.instance,
                   due_at = excluded.due_at, kept_at = now()
             where excluded.ended or not request_outbox.ended""";

    private static final String CLAIM = """
            update request_outbox set ended = true, due_at = now() + ? * interval '1 millisecond'
             where request_id in (select request_id from request_outbox where due_at <= now() and (ended or ?)
                                   order by due_at limit ? for update skip locked)
            returning completion""";

    private final JdbcTemplate jdbc;
    private final String instance;
    private final boolean instanceLasts;

    OutboxRows(DataSource dataSource, InstallationProperties installation) {
        this.jdbc = new JdbcTemplate(dataSource);
        jdbc.setQueryTimeout(STATEMENT_SECONDS);
        var lasting = installation.instanceId();
        this.instanceLasts = lasting != null;
        this.instance = lasting != null ? lasting : TimeOrderedIds.next().toString();
    }

    /** How much waits to be published. */
    record Waiting(long rows, Duration oldestAge) {

        static final Waiting NOTHING = new Waiting(0, Duration.ZERO);
    }

    /** Keeps ends; others publish them only if they are still here after that long. */
    void keep(Collection<UpstreamCompleted> ended, Duration publishedByItself) {
        write(ended, true, publishedByItself);
    }

    /** Keeps how requests that run would have ended now; what has ended meanwhile stays as it is. */
    void note(Collection<UpstreamCompleted> running, Duration alive) {
        write(running, false, alive);
    }

    private void write(Collection<UpstreamCompleted> completions, boolean ended, Duration dueAfter) {
        var ids = completions.stream().map(UpstreamCompleted::requestId).toArray();
        var texts = completions.stream().map(OutboxRows::text).toArray();
        jdbc.update(WRITE, statement -> {
            statement.setBoolean(1, ended);
            statement.setString(2, instance);
            statement.setLong(3, dueAfter.toMillis());
            setArray(statement, 4, "uuid", ids);
            setArray(statement, 5, "text", texts);
        });
    }

    /**
     * What is due, and with that ended; due again after the lease, unless it is removed before.
     *
     * @param notesToo also what is only noted: its instance is held to be dead
     */
    List<UpstreamCompleted> claim(int atMost, Duration lease, boolean notesToo) {
        return jdbc.query(CLAIM, (row, number) -> completion(row.getString(1)), lease.toMillis(), notesToo, atMost);
    }

    /** These are to be published by whoever comes first. */
    void release(Collection<UUID> requests) {
        update("update request_outbox set due_at = now() where ended and request_id = any (?)", requests);
    }

    /** What a former life of this instance left behind; nothing if its name does not last. */
    void releaseFormer() {
        if (instanceLasts) {
            releaseOwn();
        }
    }

    /** Everything of this instance, which has nothing that runs. */
    void releaseOwn() {
        jdbc.update("update request_outbox set due_at = now(), ended = true where instance = ?", instance);
    }

    void removePublished(Collection<UUID> requests) {
        update("delete from request_outbox where ended and request_id = any (?)", requests);
    }

    /** These ended, and need no note any more. */
    void removeNotes(Collection<UUID> requests) {
        update("delete from request_outbox where not ended and request_id = any (?)", requests);
    }

    Waiting waiting() {
        return jdbc.query(
                        "select count(*), coalesce(extract(epoch from now() - min(kept_at)), 0)"
                                + " from request_outbox where ended",
                        (row, number) ->
                                new Waiting(row.getLong(1), Duration.ofMillis((long) (row.getDouble(2) * 1e3))))
                .getFirst();
    }

    private void update(String sql, Collection<UUID> requests) {
        if (!requests.isEmpty()) {
            jdbc.update(sql, statement -> setArray(statement, 1, "uuid", requests.toArray()));
        }
    }

    private static void setArray(PreparedStatement statement, int index, String type, Object[] elements)
            throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf(type, elements));
    }

    private static String text(UpstreamCompleted completed) {
        return new String(EventJson.write(completed), StandardCharsets.UTF_8);
    }

    private static UpstreamCompleted completion(String text) {
        return EventJson.read(text.getBytes(StandardCharsets.UTF_8), UpstreamCompleted.class);
    }
}
