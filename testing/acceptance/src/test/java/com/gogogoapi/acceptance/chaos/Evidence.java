package com.gogogoapi.acceptance.chaos;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.ledger.intake.InstallationIntake;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.ledger.log.PostgresLedgerLog;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.log.StoredEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Everything that was asked, decided and told, as PostgreSQL and Kafka hold it: what {@link Books} judges.
 *
 * @param shards each with its log and what was published of it
 * @param asked the intake, shard by shard in order
 * @param answers every decision that was acknowledged to somebody
 * @param setAside records that the ledger put away as undecidable or unreadable
 * @param at when it was collected
 */
record Evidence(List<Shard> shards, List<Asked> asked, List<RepliedDecision> answers, long setAside, Instant at) {

    /** @param intakeEnd the offset at which the shard's intake ends */
    record Shard(
            ShardPosition position,
            long intakeEnd,
            List<StoredEvent> log,
            List<Link> links,
            List<Published> published) {

        int number() {
            return position.shard();
        }
    }

    /** One link of a shard's hash chain. */
    record Link(long firstPos, long lastPos, byte[] hash) {}

    /** One record of {@code ledger-events}. */
    record Published(String eventId, String sequence, String accountId, String type, byte[] payload) {}

    /** One record of {@code ledger-intake}. */
    record Asked(String id, CreditIntake intake) {}

    /** One record of {@code credit-decisions}. */
    record RepliedDecision(String eventId, String causationId, String type, byte[] payload) {}

    private static final int PAGE = 10_000;
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration READ_WITHIN = Duration.ofSeconds(30);

    static Evidence collect(Cluster cluster) throws SQLException {
        var ends = cluster.intakeEnds();
        var shards = new ArrayList<Shard>();
        for (var position : cluster.positions()) {
            var number = position.shard();
            shards.add(new Shard(
                    position,
                    ends.getOrDefault(number, 0L),
                    log(cluster, number),
                    links(cluster, number),
                    records(cluster, Topics.LEDGER_EVENTS, number).stream()
                            .map(Evidence::published)
                            .toList()));
        }
        var asked = IntStream.range(0, Cluster.SHARDS)
                .mapToObj(shard -> records(cluster, Topics.LEDGER_INTAKE, shard))
                .flatMap(List::stream)
                .flatMap(record -> asked(record).stream())
                .toList();
        var answers = IntStream.range(0, Cluster.SHARDS)
                .mapToObj(partition -> records(cluster, Topics.CREDIT_DECISIONS, partition))
                .flatMap(List::stream)
                .map(Evidence::answer)
                .toList();
        var setAside = records(cluster, Topics.DEAD_LETTERS, 0).size() + parked(cluster);
        return new Evidence(shards, asked, answers, setAside, Instant.now());
    }

    /**
     * Whether all intake is taken, all holds have ended and everything is published. Parts are collected one after the
     * other, so only of a ledger at rest they belong together.
     */
    boolean isAtRest() {
        return shards.stream()
                        .allMatch(shard -> shard.position().nextOffset() == shard.intakeEnd()
                                && shard.position().lastPos() == shard.log().size()
                                && shard.published().stream()
                                                .map(Published::eventId)
                                                .distinct()
                                                .count()
                                        >= shard.log().size())
                && new Books(this).openHolds().isEmpty();
    }

    /** All that is in the logs. */
    Stream<LedgerEvent> events() {
        return shards.stream().flatMap(shard -> shard.log().stream()).map(StoredEvent::event);
    }

    @Override
    public String toString() {
        return "%d records asked, %d events logged, %d published, %d answers"
                .formatted(
                        asked.size(),
                        shards.stream().mapToInt(shard -> shard.log().size()).sum(),
                        shards.stream()
                                .mapToInt(shard -> shard.published().size())
                                .sum(),
                        answers.size());
    }

    private static List<StoredEvent> log(Cluster cluster, int shard) throws SQLException {
        var reader = new PostgresLedgerLog(cluster.dataSource());
        var log = new ArrayList<StoredEvent>();
        List<StoredEvent> page;
        do {
            page = reader.shardAfter(shard, log.isEmpty() ? 0 : log.getLast().pos(), PAGE);
            log.addAll(page);
        } while (!page.isEmpty());
        return log;
    }

    private static List<Link> links(Cluster cluster, int shard) throws SQLException {
        try (var connection = cluster.dataSource().getConnection();
                var statement = connection.prepareStatement(
                        "select first_pos, last_pos, hash from ledger_batch where shard = ? order by last_pos")) {
            statement.setInt(1, shard);
            var links = new ArrayList<Link>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    links.add(new Link(rows.getLong(1), rows.getLong(2), rows.getBytes(3)));
                }
            }
            return links;
        }
    }

    private static long parked(Cluster cluster) throws SQLException {
        try (var connection = cluster.dataSource().getConnection();
                var statement = connection.prepareStatement("select count(*) from ledger_parked");
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** All that a partition holds now. */
    private static List<ConsumerRecord<String, byte[]>> records(Cluster cluster, String topic, int partition) {
        try (var consumer = cluster.kafka().newUngroupedConsumer(Map.of())) {
            var from = new TopicPartition(topic, partition);
            consumer.assign(List.of(from));
            consumer.seekToBeginning(List.of(from));
            var end = Objects.requireNonNull(consumer.endOffsets(List.of(from)).get(from));
            var deadline = Instant.now().plus(READ_WITHIN);
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (consumer.position(from) < end) {
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException(from + " was not read within " + READ_WITHIN);
                }
                consumer.poll(POLL).forEach(records::add);
            }
            return records;
        }
    }

    private static Published published(ConsumerRecord<String, byte[]> record) {
        return new Published(
                header(record, "ce_id"),
                header(record, "ce_sequence"),
                record.key(),
                header(record, "ce_type"),
                record.value());
    }

    private static RepliedDecision answer(ConsumerRecord<String, byte[]> record) {
        return new RepliedDecision(
                header(record, "ce_id"), header(record, "ce_causationid"), header(record, "ce_type"), record.value());
    }

    /** Nothing of what the ledger says of the installation itself. */
    private static Optional<Asked> asked(ConsumerRecord<String, byte[]> record) {
        var decoded = EventRecords.decode(record.headers(), record.value());
        if (decoded instanceof Decoded.Known(CreditIntake intake, var metadata)) {
            return Optional.of(new Asked(metadata.id().toString(), intake));
        }
        if (decoded instanceof Decoded.Known(InstallationIntake said, var metadata)) {
            return Optional.empty();
        }
        throw new IllegalStateException("the load sent something that is no intake: " + record);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
