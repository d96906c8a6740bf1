package com.gogogoapi.usage.following;

import com.gogogoapi.contracts.wire.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConsumerSeekAware;
import org.springframework.stereotype.Component;

/**
 * Reads the shards of {@code ledger-events} that this instance has, each from where the tables say it was read to. Kafka is
 * told nothing of it: what a record was made into and where the next one is are written together, so that after a crash, a
 * hand-over to another instance or a rebuild no event counts twice and none is missed.
 *
 * <pre>
 * records ─▶ from the place in the table? ─no─▶ seek
 *                     │ yes
 *                     ▼
 *             in order, each once ─▶ one transaction: read models, place
 *                     │ not so                │ the place is another one
 *                     ▼                       ▼
 *              stopped, visibly         begun again from there
 * </pre>
 *
 * All of it on its container's thread. What the database refuses is tried again, for as long as it takes.
 */
@Component
class LedgerFollower implements BatchMessageListener<String, byte[]>, ConsumerSeekAware {

    static final String NAME = "usage-follower";

    private static final Logger log = LoggerFactory.getLogger(LedgerFollower.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** How often Kafka may answer a request for the next record with others before it does not have it. */
    private static final int SEEKS = 3;

    /** @param instead what came instead of what was asked for; the same records may be given again where others failed */
    private record Sought(int times, @Nullable ConsumerRecord<String, byte[]> instead) {}

    private final Map<Integer, Follower> followers = new HashMap<>();
    private final Map<Integer, Sought> seeks = new HashMap<>();
    private final Map<Integer, Long> stoppedInGeneration = new HashMap<>();
    private final Positions positions;
    private final Writing writing;
    private final Shards shards;
    private final Clock clock;
    private @Nullable ConsumerSeekCallback kafka;
    private long nextLookNanos = System.nanoTime();

    LedgerFollower(Positions positions, Writing writing, Shards shards, Clock clock) {
        this.positions = positions;
        this.writing = writing;
        this.shards = shards;
        this.clock = clock;
    }

    @Override
    public void registerSeekCallback(ConsumerSeekCallback callback) {
        kafka = callback;
    }

    @Override
    public void onPartitionsRevoked(@Nullable Collection<TopicPartition> partitions) {
        if (partitions != null) {
            partitions.forEach(partition -> letGo(partition.partition()));
        }
    }

    private void letGo(int shard) {
        followers.remove(shard);
        seeks.remove(shard);
        stoppedInGeneration.remove(shard);
        shards.letGo(shard);
    }

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> records) {
        lookForRebuild();
        records.stream()
                .collect(Collectors.groupingBy(ConsumerRecord::partition))
                .forEach(this::follow);
    }

    @EventListener
    void nothingCame(ListenerContainerIdleEvent event) {
        if (event.getListenerId().startsWith(NAME)) {
            lookForRebuild();
        }
    }

    private void follow(int shard, List<ConsumerRecord<String, byte[]>> records) {
        if (shards.isStopped(shard)) {
            return;
        }
        var follower = followers.computeIfAbsent(shard, first -> new Follower(positions.of(shard), clock));
        if (follower.position().conflict() != null) {
            stop(follower.position(), follower.position().conflict());
            return;
        }
        if (!follower.isLedOnBy(records)) {
            seek(shard, follower.position(), records.getFirst());
            return;
        }
        seeks.remove(shard);
        follower.take(records);
        write(follower);
    }

    private void write(Follower follower) {
        var shard = follower.position().shard();
        try {
            if (!writing.write(follower)) {
                log.info("shard {} was read by another instance, or is read anew", shard);
                followers.remove(shard);
                seek(shard, positions.of(shard), null);
            } else if (follower.wrong() != null) {
                stop(follower.position(), follower.wrong());
            } else {
                shards.report(shard, follower);
            }
        } catch (InconsistentEventException e) {
            stop(follower.position(), String.valueOf(e.getMessage()));
        }
    }

    private void stop(Position position, String reason) {
        shards.stop(position.shard(), reason);
        stoppedInGeneration.put(position.shard(), position.generation());
        followers.remove(position.shard());
    }

    private void seek(int shard, Position position, @Nullable ConsumerRecord<String, byte[]> instead) {
        if (kafka == null) {
            throw new IllegalStateException("A container must have said how to seek.");
        }
        var before = seeks.get(shard);
        var isNew = before == null || before.instead() != instead;
        var times = (before == null ? 0 : before.times()) + (isNew ? 1 : 0);
        seeks.put(shard, new Sought(times, instead));
        if (times > SEEKS) {
            stop(
                    position,
                    Topics.LEDGER_EVENTS + " does not have offset " + position.nextOffset()
                            + ", where reading was to go on");
        } else {
            kafka.seek(Topics.LEDGER_EVENTS, shard, position.nextOffset());
        }
    }

    /** Whether a rebuild was ordered, here or elsewhere. */
    private void lookForRebuild() {
        if (System.nanoTime() - nextLookNanos < 0) {
            return;
        }
        nextLookNanos = System.nanoTime() + LOOK_EVERY.toNanos();
        for (var position : positions.all()) {
            var shard = position.shard();
            var follower = followers.get(shard);
            var readIn = follower == null
                    ? stoppedInGeneration.get(shard)
                    : Long.valueOf(follower.position().generation());
            if (readIn != null && readIn < position.generation()) {
                letGo(shard);
                seek(shard, position, null);
            }
        }
    }
}
