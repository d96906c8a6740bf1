package com.gogogoapi.ledger.intake;

import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.ledger.LedgerProperties.NewIntake;
import java.time.Clock;
import java.util.Collection;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The topic that the ledger's offsets are of. In another one the same offsets are other records: whoever read on there
 * would silently pass over what was acknowledged.
 */
@Component
class IntakeSource {

    private record Topic(String clusterId, String topicId) {

        @Override
        public String toString() {
            return topicId + " of cluster " + clusterId;
        }
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;

    IntakeSource(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * @param accepted an operator's word that another topic is to be read, if there is one
     * @throws IllegalStateException if Kafka has another topic than the one that was read until now, and nobody said so
     */
    void check(InstalledTopics topics, @Nullable NewIntake accepted) {
        var found = new Topic(topics.clusterId(), topics.idOf(Topics.LEDGER_INTAKE));
        transactions.executeWithoutResult(transaction -> {
            // The first start, or the first of a build that knows of this.
            jdbc.sql("insert into ledger_intake_source (number, cluster_id, topic_id, since_millis)"
                            + " values (1, ?, ?, ?) on conflict do nothing")
                    .params(found.clusterId(), found.topicId(), clock.millis())
                    .update();
            jdbc.sql("lock table ledger_intake_source in exclusive mode").update();
            var known = jdbc.sql("select cluster_id, topic_id from ledger_intake_source order by number desc limit 1")
                    .query((row, number) -> new Topic(row.getString(1), row.getString(2)))
                    .single();
            if (known.equals(found)) {
                return;
            }
            if (accepted == null || !accepted.topicId().equals(found.topicId())) {
                throw new IllegalStateException(
                        "%s must be the topic %s that this ledger has read until now, and is %s. What was acknowledged in"
                                        .formatted(Topics.LEDGER_INTAKE, known, found)
                                + " the former one and not decided is lost with it. If that is as it should be, say so"
                                + " once: gogogoapi.ledger.new-intake.topic-id=" + found.topicId()
                                + ", gogogoapi.ledger.new-intake.accepted-by=NAME and"
                                + " gogogoapi.ledger.new-intake.reason=WHY.");
            }
            goOverTo(found, accepted, topics.shards());
        });
    }

    private void goOverTo(Topic found, NewIntake accepted, int shards) {
        jdbc.sql("insert into ledger_intake_source (number, cluster_id, topic_id, since_millis, accepted_by, reason)"
                        + " select max(number) + 1, ?, ?, ?, ?, ? from ledger_intake_source")
                .params(found.clusterId(), found.topicId(), clock.millis(), accepted.acceptedBy(), accepted.reason())
                .update();
        jdbc.sql("update ledger_shard set next_offset = 0").update();
        moveParkedBelowZero(jdbc, IntStream.range(0, shards).boxed().toList());
    }

    /**
     * The parked records of an intake that has gone keep their order, at offsets that no other record can have: by so much
     * below where they were that none of them lands where another still is.
     */
    static void moveParkedBelowZero(JdbcClient jdbc, Collection<Integer> shards) {
        jdbc.sql("""
                        update ledger_parked p set intake_offset = p.intake_offset - span.distance
                          from (select shard, max(intake_offset) - least(min(intake_offset), 0) + 1 as distance
                                  from ledger_parked group by shard having max(intake_offset) >= 0) span
                         where p.shard = span.shard and p.shard = any (?)""").param(shards.toArray(Integer[]::new)).update();
    }
}
