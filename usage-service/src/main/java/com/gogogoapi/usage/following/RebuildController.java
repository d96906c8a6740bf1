package com.gogogoapi.usage.following;

import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far the ledger's events are read, and the order to read them all anew. */
@RestController
@RequestMapping("/internal/rebuild")
class RebuildController {

    private static final Logger log = LoggerFactory.getLogger(RebuildController.class);

    private final Writing writing;
    private final Positions positions;
    private final InstalledTopics topics;

    RebuildController(Writing writing, Positions positions, InstalledTopics topics) {
        this.writing = writing;
        this.positions = positions;
        this.topics = topics;
    }

    /** Everything is forgotten at once and read again, in the background; views say how far they are. */
    @PostMapping
    Map<String, Object> rebuild(@RequestHeader(ServiceHeaders.OPERATOR) String operator) {
        log.warn("{} has everything read anew", operator);
        writing.startAnew();
        return progress();
    }

    @GetMapping
    Map<String, Object> progress() {
        var all = positions.all();
        var shards = all.stream().map(RebuildController::shard).toList();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("object", "usage_rebuild");
        answer.put("rebuilding", all.stream().anyMatch(Position::isRebuilding));
        answer.put("events_read", all.stream().mapToLong(Position::sequence).sum());
        answer.put(
                "events_to_read",
                all.stream().mapToLong(RebuildController::toRead).sum());
        answer.put("shards_of_ledger", topics.shards());
        answer.put("shards", shards);
        return answer;
    }

    /** Until everything is there that was there before. */
    private static long toRead(Position position) {
        return position.rebuildUntil() == null ? position.sequence() : position.rebuildUntil();
    }

    private static Map<String, Object> shard(Position position) {
        var shard = new LinkedHashMap<String, Object>();
        shard.put("shard", position.shard());
        shard.put("sequence", position.sequence());
        if (position.rebuildUntil() != null) {
            shard.put("rebuild_until", position.rebuildUntil());
        }
        return shard;
    }
}
