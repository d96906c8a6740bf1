package com.gogogoapi.usage.alerts;

import com.gogogoapi.usage.following.Followed;
import com.gogogoapi.usage.following.ReadModel;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Shows events to those who watch them, each once: a rebuild reads them all again, and what was told then is not told again.
 * After the read models, which know of which route a request is.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class WatchedEvents implements ReadModel {

    private final SeenEvents seen;
    private final List<EventWatch> watches;

    WatchedEvents(SeenEvents seen, List<EventWatch> watches) {
        this.seen = seen;
        this.watches = List.copyOf(watches);
    }

    @Override
    public void take(List<Followed> events) {
        if (events.isEmpty()) {
            return;
        }
        var shard = events.getFirst().shard();
        var until = seen.until(shard);
        var unseen = events.stream().filter(event -> event.sequence() > until).toList();
        if (!unseen.isEmpty()) {
            watches.forEach(watch -> watch.look(unseen));
            seen.moveTo(shard, unseen.getLast().sequence());
        }
    }

    /** What was told stays told. */
    @Override
    public void forget() {}
}
