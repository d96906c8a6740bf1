package com.gogogoapi.quote.learning;

import com.gogogoapi.contracts.wire.InOrder;
import com.gogogoapi.contracts.wire.OutOfOrderException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * The shards of {@code ledger-events}, each read {@linkplain InOrder in its order}. One that does not hold is followed no
 * further, since whatever it says then is worth nothing; the others are. Taken from by one thread.
 */
@Component("ledgerEvents")
class FollowedShards implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(FollowedShards.class);

    private final Map<Integer, InOrder> shards = new HashMap<>();
    private final SortedMap<Integer, String> stopped = new ConcurrentSkipListMap<>();

    FollowedShards(MeterRegistry meters) {
        Gauge.builder("gogogoapi.ledger.events.stopped", stopped, Map::size)
                .description(
                        "Shards whose events are followed no further, since one is missing or is two different ones")
                .register(meters);
    }

    /**
     * What may be read now that this record came.
     *
     * @throws com.gogogoapi.contracts.messaging.MalformedEventException if it does not say which event it is
     */
    List<ConsumerRecord<String, byte[]>> take(ConsumerRecord<String, byte[]> record) {
        var shard = record.partition();
        if (stopped.containsKey(shard)) {
            return List.of();
        }
        try {
            return shards.computeIfAbsent(shard, first -> InOrder.fromHere()).take(record);
        } catch (OutOfOrderException e) {
            log.error(
                    "shard {} is followed no further: {}. Run ./gogogo audit verify, then restart this service",
                    shard,
                    e.getMessage());
            stopped.put(shard, String.valueOf(e.getMessage()));
            shards.remove(shard);
            return List.of();
        }
    }

    @Override
    public Health health() {
        return stopped.isEmpty()
                ? Health.up().build()
                : Health.down().withDetail("stopped", stopped).build();
    }
}
