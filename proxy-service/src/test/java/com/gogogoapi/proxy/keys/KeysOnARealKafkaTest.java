package com.gogogoapi.proxy.keys;

import static com.gogogoapi.proxy.keys.Keys.aKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.kafka.DeadLetters;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.chassis.kafka.ListenerContainers;
import com.gogogoapi.contracts.access.KeyStatus;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.EmbeddedKafka;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** A directory that follows a real Kafka of its own. */
@Tag("integration")
class KeysOnARealKafkaTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private EmbeddedKafka kafka;
    private KafkaClients writing;
    private KafkaClients reading;

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        try (var admin = Admin.create(kafka.asProcess().clientSettings())) {
            admin.createTopics(List.of(
                            new NewTopic(Topics.API_KEYS, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
        writing = KafkaClients.of(kafka.asProcess().clientSettings(), "writing");
        reading = KafkaClients.of(kafka.asProcess().clientSettings(), "reading");
    }

    @AfterEach
    void stop() {
        writing.close();
        reading.close();
        kafka.close();
    }

    private void publish(Keys key) throws Exception {
        var event = key.event();
        writing.publisher(Clock.systemUTC(), "/account-service")
                .send(EventRecords.record(
                        Topics.API_KEYS,
                        null,
                        event.keyHash(),
                        event,
                        EventMetadata.of(TimeOrderedIds.next(), "/account-service", Instant.now())))
                .get();
    }

    /** A proxy as far as its keys go. */
    private final class Instance implements AutoCloseable {

        final KeyDirectory directory = new KeyDirectory();
        final KeyFollower follower = new KeyFollower(
                directory,
                new DeadLetters(reading.publisher(Clock.systemUTC(), "/proxy-service"), new SimpleMeterRegistry()),
                new SimpleMeterRegistry());
        private final ConcurrentMessageListenerContainer<String, byte[]> container;

        Instance() {
            container =
                    new KeyFollowerConfiguration().keyFollowerContainer(ListenerContainers.of(reading), null, follower);
            container.setApplicationEventPublisher(event -> {
                if (event instanceof ListenerContainerIdleEvent idle) {
                    follower.nothingCame(idle);
                }
            });
            container.start();
        }

        boolean isReady() {
            return follower.health().getStatus().equals(Status.UP);
        }

        KeyStatus statusOf(Keys key) {
            return directory.find(key.hash()).map(Caller::status).orElse(null);
        }

        @Override
        public void close() {
            container.stop();
        }
    }

    @Test
    void isReadyOnceItHasReadAllThereIs() throws Exception {
        var first = aKey();
        var last = aKey();
        publish(first);
        publish(last);
        try (var instance = new Instance()) {
            await().atMost(SOON).until(instance::isReady);
            assertThat(instance.statusOf(first)).isEqualTo(KeyStatus.ACTIVE);
            assertThat(instance.statusOf(last)).isEqualTo(KeyStatus.ACTIVE);
        }
    }

    @Test
    void withoutAnyKeyItIsReadyToo() {
        try (var instance = new Instance()) {
            await().atMost(SOON).until(instance::isReady);
            assertThat(instance.directory.size()).isZero();
        }
    }

    @Test
    void aRevokedKeyStopsOnEveryInstanceAndForOneThatStartsLater() throws Exception {
        var key = aKey();
        publish(key);
        try (var one = new Instance();
                var other = new Instance()) {
            await().atMost(SOON).until(() -> one.isReady() && other.isReady());
            publish(key.inVersion(2, KeyStatus.REVOKED));
            for (var instance : List.of(one, other)) {
                await().atMost(SOON).until(() -> instance.statusOf(key) == KeyStatus.REVOKED);
            }
        }
        try (var later = new Instance()) {
            await().atMost(SOON).until(later::isReady);
            assertThat(later.statusOf(key)).isEqualTo(KeyStatus.REVOKED);
        }
    }

    @Test
    void whatItKnowsOutlivesKafka() throws Exception {
        var key = aKey();
        publish(key);
        try (var instance = new Instance()) {
            await().atMost(SOON).until(instance::isReady);
            kafka.close();
            assertThat(instance.statusOf(key)).isEqualTo(KeyStatus.ACTIVE);
            assertThat(instance.isReady()).isTrue();
        }
    }
}
