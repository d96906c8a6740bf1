package com.gogogoapi.proxy.outbox;

import static com.gogogoapi.fixtures.Requests.newRequest;
import static com.gogogoapi.fixtures.Requests.theCompletionOf;
import static com.gogogoapi.fixtures.Requests.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.installation.InstallationProperties;
import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.ledger.intake.UpstreamCompleted;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.embedded.Passwords;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker of its own, since it is taken away for longer than a producer waits, and brought back. */
@Tag("integration")
@Tag("long")
class KafkaOutageTest {

    private static final int SHARDS = 1;
    private static final Duration BEYOND_PATIENCE = Duration.ofSeconds(90);
    private static final Duration SOON = Duration.ofMinutes(2);

    private final UUID request = newRequest();

    @Test
    void whatEndedMeanwhileIsPublishedOnce(@TempDir Path folder) throws Exception {
        var passwords = Passwords.ofAllBrokerUsers();
        var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, passwords);
        var port = Integer.parseInt(kafka.bootstrapServers().replaceAll(".*:", ""));
        var clients = KafkaClients.of(kafka.as(BrokerUser.PROXY_SERVICE).clientSettings(), "test");
        InstalledTopics.ensure(
                clients, new InstallationProperties("0123456789abcdef0123456789abcdef", SHARDS, (short) 1, null));
        var instances = new Instances(folder.resolve("outbox"));
        try (clients) {
            var instance = instances.startOn(clients.publisher(Clock.systemUTC(), "/test"));
            instance.outbox.send(theCompletionOf(newRequest(), usage(1, 0, 1)), null);
            await().atMost(SOON).until(() -> instance.sender.inFlight() == 0);
            instance.publisher.start();
            await().atMost(SOON).until(() -> instances.rows() == 0);
            kafka.close();

            var ended = theCompletionOf(request, usage(1, 0, 2));
            assertThat(instance.outbox.send(ended, null)).isTrue();
            assertThat(instances.rows()).isOne();
            // The sending that is on its way.
            var first = instance.sender.send(ended, null);
            await().atMost(BEYOND_PATIENCE).until(first::isCompletedExceptionally);
            assertThat(instances.rows())
                    .as("given up by the producer, and not here")
                    .isOne();

            kafka = EmbeddedKafka.start(folder.resolve("kafka"), port, passwords);
            await().atMost(SOON).until(() -> instances.rows() == 0);
            instance.publisher.stop();
            assertThat(intake(kafka)).filteredOn(id -> id.equals(request)).hasSize(1);
        } finally {
            kafka.close();
        }
    }

    private static List<UUID> intake(EmbeddedKafka kafka) {
        try (var clients = KafkaClients.of(kafka.as(BrokerUser.ADMIN).clientSettings(), "reader");
                var consumer = clients.newUngroupedConsumer(Map.of())) {
            var partition = new TopicPartition(Topics.LEDGER_INTAKE, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).get(partition);
            var requests = new ArrayList<UUID>();
            while (consumer.position(partition) < end) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (EventRecords.decode(record.headers(), record.value())
                            instanceof Decoded.Known(UpstreamCompleted completed, var metadata)) {
                        requests.add(completed.requestId());
                    }
                }
            }
            return requests;
        }
    }
}
