package com.gogogoapi.pricing.book;

import com.gogogoapi.contracts.messaging.EventJson;
import com.gogogoapi.contracts.pricing.RouteAliasesSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** The routes' aliases in PostgreSQL: what was ever set, and which names are taken now. */
@Repository
class AliasRows {

    private final JdbcClient jdbc;

    AliasRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Everything that was ever set, in its order. */
    List<RouteAliasesSet> all() {
        return jdbc.sql("select * from alias_set order by set_at")
                .query((row, number) -> aliases(row))
                .list();
    }

    Optional<RouteAliasesSet> latestOf(String model) {
        return jdbc.sql("select * from alias_set where model = ? order by set_at desc limit 1")
                .param(model)
                .query((row, number) -> aliases(row))
                .optional();
    }

    /** What Kafka does not surely have, the oldest first, locked against other instances until the transaction ends. */
    List<RouteAliasesSet> lockUnpublished(int limit) {
        return jdbc.sql("select * from alias_set where not in_kafka order by set_at limit ? for update skip locked")
                .param(limit)
                .query((row, number) -> aliases(row))
                .list();
    }

    void markPublished(RouteAliasesSet set) {
        jdbc.sql("update alias_set set in_kafka = true where model = ? and set_at = ?")
                .params(set.model(), Timestamp.from(set.setAt()))
                .update();
    }

    void add(RouteAliasesSet set) {
        jdbc.sql(
                        "insert into alias_set (model, set_at, aliases, set_by, reason) values (:model, :at, :names, :by, :why)")
                .param("model", set.model())
                .param("at", Timestamp.from(set.setAt()))
                .param("names", EventJson.mapper().writeValueAsString(set.aliases()))
                .param("by", set.setBy())
                .param("why", set.reason(), Types.VARCHAR)
                .update();
    }

    /** Whoever changes this route's names after this waits until the transaction ends. */
    void lock(String model) {
        jdbc.sql("select model from route where model = ? for update")
                .param(model)
                .query(String.class)
                .list();
    }

    /** The route that has that name, as its own or as an alias. */
    Optional<String> ownerOf(String name) {
        return jdbc.sql("select model from route_name where name = ?")
                .param(name)
                .query(String.class)
                .optional();
    }

    /** Takes a name for a route; false if it is another route's. */
    boolean claim(String name, String model) {
        jdbc.sql("insert into route_name values (?, ?) on conflict do nothing")
                .params(name, model)
                .update();
        return ownerOf(name).filter(model::equals).isPresent();
    }

    /** Gives up all of a route's names but its own and those. */
    void releaseAllBut(List<String> kept, String model) {
        jdbc.sql("delete from route_name where model = :model and name <> :model and not name = any(:kept)")
                .param("model", model)
                .param("kept", kept.toArray(new String[0]))
                .update();
    }

    private static RouteAliasesSet aliases(ResultSet row) throws SQLException {
        return new RouteAliasesSet(
                row.getString("model"),
                EventJson.mapper().readValue(row.getString("aliases"), new TypeReference<List<String>>() {}),
                row.getString("set_by"),
                row.getTimestamp("set_at").toInstant(),
                row.getString("reason"));
    }
}
