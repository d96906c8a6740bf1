package com.gogogoapi.usage.requests;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.ledger.intake.Outcome;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Pages of requests, newest first. A page goes along the index of the narrowest filter and looks at {@link #MOST_LOOKED_AT}
 * requests at most: where the other filters let few of them through it has fewer than were asked for, and the next one goes
 * on where it stopped. So no page takes longer than that, however many requests there are.
 */
@Repository
class RequestPages {

    static final int MOST_LOOKED_AT = 20_000;

    private static final String NEWEST_FIRST = " order by held_at desc, held_sequence desc limit ";

    private final JdbcClient jdbc;
    private final RequestRows rows;

    RequestPages(JdbcClient jdbc, RequestRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** A place between two requests. */
    record Cursor(Instant at, long sequence) {

        static @Nullable Cursor read(@Nullable String text) {
            if (text == null) {
                return null;
            }
            if (!text.matches("[0-9]{1,17}-[0-9]{1,18}")) {
                throw ApiError.invalidRequest("cursor", "cursor must be the next_cursor of the page before.");
            }
            var micros = Long.parseLong(text.substring(0, text.indexOf('-')));
            return new Cursor(
                    Instant.EPOCH.plus(micros, ChronoUnit.MICROS),
                    Long.parseLong(text.substring(text.indexOf('-') + 1)));
        }

        @Override
        public String toString() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "-" + sequence;
        }
    }

    /** @param next where the next page begins; null on the last */
    record Page(List<RequestRow> rows, @Nullable Cursor next) {}

    Page page(AccountId account, RequestFilter filter, @Nullable Cursor cursor, int limit) {
        var search = Search.of(account, filter, cursor, text(account, filter));
        var found = new ArrayList<>(search.run(
                jdbc,
                "select * from (select * from request where " + search.looked() + search.order() + MOST_LOOKED_AT
                        + ") r where " + search.shown() + NEWEST_FIRST + (limit + 1),
                (row, number) -> RowReader.read(row)));
        if (found.size() > limit) {
            var page = List.copyOf(found.subList(0, limit));
            return new Page(page, cursorAfter(page.getLast()));
        }
        return new Page(found, search.isNarrowed() ? search.lastLookedAt(jdbc).orElse(null) : null);
    }

    private static Cursor cursorAfter(RequestRow row) {
        return new Cursor(row.held().at(), row.held().sequence());
    }

    private List<UUID> text(AccountId account, RequestFilter filter) {
        var text = filter.text();
        return text != null && text.isWhole() ? rows.meantBy(account.value(), text.first()) : List.of();
    }

    Optional<RequestRow> find(AccountId account, UUID id) {
        var meant = rows.meantBy(account.value(), id);
        return rows
                .named(meant.stream()
                        .map(request -> new RequestHistory.Name(account, request))
                        .toList())
                .stream()
                // Of several attempts with one quote, the last.
                .max(java.util.Comparator.comparing(row -> row.held().sequence()));
    }

    /** A query: what the index is asked for, and what of that is shown. */
    private static final class Search {

        private final List<String> looked = new ArrayList<>();
        private final List<String> shown = new ArrayList<>();
        private final Map<String, Object> values = new LinkedHashMap<>();
        private String order = NEWEST_FIRST;

        static Search of(AccountId account, RequestFilter filter, @Nullable Cursor cursor, List<UUID> meant) {
            var search = new Search();
            search.look("account_id = :account", "account", account.value());
            search.text(filter, meant);
            search.from(filter);
            if (cursor != null) {
                search.values.put("cursor_at", Timestamp.from(cursor.at()));
                search.look(
                        "(held_at, held_sequence) < (:cursor_at, :cursor_sequence)",
                        "cursor_sequence",
                        cursor.sequence());
            }
            if (filter.from() != null) {
                search.look("held_at >= :from", "from", Timestamp.from(filter.from()));
            }
            if (filter.to() != null) {
                search.look("held_at < :to", "to", Timestamp.from(filter.to()));
            }
            if (filter.tag() != null) {
                search.show(":tag = any(tags)", "tag", filter.tag());
            }
            return search;
        }

        private void text(RequestFilter filter, List<UUID> meant) {
            var text = filter.text();
            if (text == null) {
                return;
            }
            if (text.isWhole()) {
                look(
                        "request_id = any(cast(:meant as uuid[]))",
                        "meant",
                        meant.stream().map(UUID::toString).toArray(String[]::new));
            } else {
                values.put("first", text.first());
                look("request_id between :first and :last", "last", text.last());
                order = " order by request_id desc limit ";
            }
        }

        /** The narrowest of these is what is looked for; of the others, what is found is held against them. */
        private void from(RequestFilter filter) {
            var equals = new LinkedHashMap<String, Object>();
            if (filter.rule() != null && filter.rule() != Outcome.COMPLETED) {
                equals.put("rule", filter.rule().name());
            }
            if (filter.member() != null) {
                equals.put("member_id", filter.member());
            }
            if (filter.key() != null) {
                equals.put("key_id", filter.key());
            }
            if (filter.model() != null) {
                equals.put("model", filter.model());
            }
            if (filter.rule() == Outcome.COMPLETED) {
                equals.put("rule", filter.rule().name());
            }
            var isFirst = filter.text() == null;
            for (var equal : equals.entrySet()) {
                var condition = equal.getKey() + " = :" + equal.getKey();
                if (isFirst) {
                    look(condition, equal.getKey(), equal.getValue());
                } else {
                    show(condition, equal.getKey(), equal.getValue());
                }
                isFirst = false;
            }
        }

        private void look(String condition, String name, Object value) {
            looked.add(condition);
            values.put(name, value);
        }

        private void show(String condition, String name, Object value) {
            shown.add(condition);
            values.put(name, value);
        }

        String looked() {
            return String.join(" and ", looked);
        }

        String shown() {
            return shown.isEmpty() ? "true" : String.join(" and ", shown);
        }

        String order() {
            return order;
        }

        boolean isNarrowed() {
            return !shown.isEmpty() && order.equals(NEWEST_FIRST);
        }

        <T> List<T> run(JdbcClient jdbc, String sql, RowMapper<T> mapper) {
            var used = values.entrySet().stream()
                    .filter(value -> sql.contains(":" + value.getKey()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            return jdbc.sql(sql).params(used).query(mapper).list();
        }

        /** Where looking stopped; empty if it came to the end. */
        Optional<Cursor> lastLookedAt(JdbcClient jdbc) {
            return run(
                            jdbc,
                            "select held_at, held_sequence from request where " + looked() + NEWEST_FIRST + "1 offset "
                                    + (MOST_LOOKED_AT - 1),
                            (row, number) ->
                                    new Cursor(row.getTimestamp("held_at").toInstant(), row.getLong("held_sequence")))
                    .stream()
                    .findFirst();
        }
    }
}
