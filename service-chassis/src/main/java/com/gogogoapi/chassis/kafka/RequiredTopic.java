package com.gogogoapi.chassis.kafka;

import com.gogogoapi.contracts.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as the services rely on it: how it is made, and what one that is there has to have.
 *
 * @param settings all that is not left to the broker, whose own defaults an operator may change for other topics' sake
 */
record RequiredTopic(String name, int partitions, short replicas, SequencedMap<String, Required> settings) {

    private static final long FOR_EVER = -1;
    private static final long SEVEN_DAYS_MILLIS = 604_800_000;
    private static final long ONE_HOUR_MILLIS = 3_600_000;

    /** From so many copies on one of them may be away, and what is acknowledged is on two all the same. */
    private static final int REPLICAS_THAT_ALLOW_FOR_TWO_IN_SYNC = 3;

    /** What a setting must be. */
    sealed interface Required {

        /** How it is set. */
        String value();

        /** Whether what was found will do. */
        boolean isMetBy(String found);

        /** For people. */
        String words();

        record Exactly(String value) implements Required {
            @Override
            public boolean isMetBy(String found) {
                return found.equals(value);
            }

            @Override
            public String words() {
                return value;
            }
        }

        record AtLeast(long least) implements Required {
            @Override
            public String value() {
                return Long.toString(least);
            }

            /** Kafka's -1 is without an end. */
            @Override
            public boolean isMetBy(String found) {
                var number = Long.parseLong(found);
                return number == FOR_EVER || (least != FOR_EVER && number >= least);
            }

            @Override
            public String words() {
                return least == FOR_EVER ? value() : "at least " + value();
            }
        }
    }

    /** All of an installation. */
    static List<RequiredTopic> all(int shards, short replicas) {
        return List.of(
                // The broker's clock is the ledger's: a decision's time is its record's, so a replay reads no clock.
                kept(Topics.LEDGER_INTAKE, shards, replicas, SEVEN_DAYS_MILLIS)
                        .with(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, new Required.Exactly("LogAppendTime")),
                kept(Topics.LEDGER_EVENTS, shards, replicas, FOR_EVER),
                kept(Topics.LEDGER_CHECKPOINTS, 1, replicas, FOR_EVER),
                kept(Topics.CREDIT_DECISIONS, shards, replicas, ONE_HOUR_MILLIS),
                topic(Topics.ROUTE_PRICES, 1, replicas, TopicConfig.CLEANUP_POLICY_COMPACT),
                topic(Topics.API_KEYS, 1, replicas, TopicConfig.CLEANUP_POLICY_COMPACT),
                kept(Topics.DEAD_LETTERS, 1, replicas, FOR_EVER));
    }

    private static RequiredTopic kept(String name, int partitions, short replicas, long millis) {
        return topic(name, partitions, replicas, TopicConfig.CLEANUP_POLICY_DELETE)
                .with(TopicConfig.RETENTION_MS_CONFIG, new Required.AtLeast(millis))
                .with(TopicConfig.RETENTION_BYTES_CONFIG, new Required.AtLeast(FOR_EVER));
    }

    private static RequiredTopic topic(String name, int partitions, short replicas, String cleanup) {
        var inSync = replicas < REPLICAS_THAT_ALLOW_FOR_TWO_IN_SYNC ? 1 : 2;
        return new RequiredTopic(name, partitions, replicas, new TreeMap<>())
                .with(TopicConfig.CLEANUP_POLICY_CONFIG, new Required.Exactly(cleanup))
                .with(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, new Required.AtLeast(inSync));
    }

    private RequiredTopic with(String setting, Required required) {
        var more = new TreeMap<>(settings);
        more.put(setting, required);
        return new RequiredTopic(name, partitions, replicas, more);
    }

    NewTopic toBeMade() {
        return new NewTopic(name, Optional.of(partitions), Optional.of(replicas))
                .configs(settings.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, setting -> setting.getValue().value())));
    }
}
