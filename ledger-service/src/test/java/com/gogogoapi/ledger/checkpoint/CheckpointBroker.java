package com.gogogoapi.ledger.checkpoint;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.EmbeddedKafka;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;

/** A broker of a test's own, with the topic of checkpoints, its clients, and a publisher. */
record CheckpointBroker(EmbeddedKafka broker, KafkaClients clients, EventPublisher publisher) implements AutoCloseable {

    static CheckpointBroker start() throws Exception {
        var broker = EmbeddedKafka.start(Files.createTempDirectory("checkpoints-"), 0);
        var clients = KafkaClients.of(broker.asProcess().clientSettings(), "test");
        try (var admin = clients.newAdmin()) {
            admin.createTopics(List.of(new NewTopic(Topics.LEDGER_CHECKPOINTS, 1, (short) 1)))
                    .all()
                    .get();
        }
        return new CheckpointBroker(broker, clients, clients.publisher(Clock.systemUTC(), "/test"));
    }

    @Override
    public void close() {
        clients.close();
        broker.close();
    }
}
