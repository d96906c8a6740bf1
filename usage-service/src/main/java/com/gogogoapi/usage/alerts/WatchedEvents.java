package com.gogogoapi.usage.alerts;

import com.gogogoapi.usage.following.Followed;
import com.gogogoapi.usage.following.ReadModel;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Shows events to those who watch them, each once: a rebuild reads them all again, and what was told then is not told again.
 * After the read models, which know of which route a request is.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class WatchedEvents implements ReadModel {

    private final JdbcClient jdbc;
    private final List<EventWatch> watches;

    WatchedEvents(JdbcClient jdbc, List<EventWatch> watches) {
        this.jdbc = jdbc;
        this.watches = List.copyOf(watches);
    }

    @Override
    public void take(List<Followed> events) {
        if (events.isEmpty()) {
            return;
        }
        var shard = events.getFirst().shard();
        var until = jdbc.sql("select sequence from alerted_shard where shard = ?")
                .param(shard)
                .query(Long.class)
                .optional()
                .orElse(0L);
        var unseen = events.stream().filter(event -> event.sequence() > until).toList();
        if (unseen.isEmpty()) {
            return;
        }
        jdbc.sql("""
            insert into alerted_shard values (?, ?)
            on conflict (shard) do update set sequence = excluded.sequence\
            """).params(shard, unseen.getLast().sequence()).update();
        watches.forEach(watch -> watch.look(unseen));
    }

    /** What was told stays told. */
    @Override
    public void forget() {}
}
