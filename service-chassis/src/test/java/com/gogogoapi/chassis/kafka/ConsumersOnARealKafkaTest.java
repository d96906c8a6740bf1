package com.gogogoapi.chassis.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.ServiceChassis;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.Infrastructure;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.kafka.support.TopicPartitionOffset.SeekPosition;

/** No consumer ends unseen: it goes on through whatever its listener throws, or the instance is not healthy. */
@Tag("integration")
@Tag("slow")
class ConsumersOnARealKafkaTest {

    private static final Duration SOON = Duration.ofMinutes(2);

    private ConfigurableApplicationContext service;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(ServiceChassis.class)
    static class Service {

        @Bean
        Listener listener() {
            return new Listener();
        }

        @Bean("follower")
        ConcurrentMessageListenerContainer<String, byte[]> follower(
                ListenerContainers containers, InstalledTopics topics, Listener listener) {
            return containers.following(
                    "follower", listener, new TopicPartitionOffset(Topics.LEDGER_CHECKPOINTS, 0, SeekPosition.END));
        }
    }

    /** Fails on what says so. */
    static final class Listener implements MessageListener<String, byte[]> {

        private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();

        @Override
        public void onMessage(ConsumerRecord<String, byte[]> record) {
            var said = new String(record.value(), UTF_8);
            heard.add(said);
            switch (said) {
                case "exception" -> throw new IllegalStateException("of nobody's making");
                case "error" -> throw new StackOverflowError("of nobody's making");
                default -> {
                    // Heard, and that is all.
                }
            }
        }
    }

    @BeforeEach
    void start() {
        service = new SpringApplicationBuilder(Service.class)
                .run(Infrastructure.shared()
                        .kafka(BrokerUser.LEDGER_SERVICE)
                        .serviceArguments(
                                "--server.port=0",
                                "--spring.application.name=test-service",
                                "--gogogoapi.internal-secret=0123456789abcdef0123456789abcdef"));
        say("begin");
        await().atMost(SOON).until(() -> heard().contains("begin") || say("begin"));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private boolean say(String value) {
        service.getBean(EventPublisher.class)
                .send(new ProducerRecord<>(Topics.LEDGER_CHECKPOINTS, "key", value.getBytes(UTF_8)))
                .join();
        return false;
    }

    private List<String> heard() {
        return List.copyOf(service.getBean(Listener.class).heard);
    }

    private Status health() {
        return service.getBean("kafkaConsumers", HealthIndicator.class).health().getStatus();
    }

    @Test
    void whatAListenerFailsOnIsTriedAgainThenSetAsideAndTheConsumerGoesOn() {
        var before = deadLetters();
        say("exception");
        say("after it");

        await().atMost(SOON).until(() -> heard().contains("after it"));
        assertThat(heard().stream().filter("exception"::equals)).hasSize(3);
        await().atMost(SOON).until(() -> deadLetters() > before);
        assertThat(service.getBean(MeterRegistry.class)
                        .counter("gogogoapi.dead.letters", "topic", Topics.LEDGER_CHECKPOINTS, "reason", "failed")
                        .count())
                .isEqualTo(1);
        assertThat(health()).isEqualTo(Status.UP);
    }

    @Test
    void aConsumerThatEndsAllTheSameMakesTheInstanceUnhealthy() {
        assertThat(health()).isEqualTo(Status.UP);
        say("error");
        await().atMost(SOON).until(() -> health().equals(Status.DOWN));
        assertThat(service.getBean("kafkaConsumers", HealthIndicator.class)
                        .health()
                        .getDetails())
                .containsEntry("ended", List.of("follower"));
    }

    /** Its lag and its errors are measured without anybody's doing. */
    @Test
    void aConsumersLagIsMeasured() {
        var meters = service.getBean(MeterRegistry.class);
        assertThat(meters.find("kafka.consumer.fetch.manager.records.lag.max").gauges())
                .isNotEmpty();
        assertThat(meters.find("spring.kafka.listener").timers()).isNotEmpty();
    }

    private long deadLetters() {
        try (var clients = KafkaClients.of(Infrastructure.shared().kafka().clientSettings(), "test")) {
            try (var consumer = clients.newUngroupedConsumer(Map.of())) {
                var partition = new TopicPartition(Topics.DEAD_LETTERS, 0);
                return consumer.endOffsets(List.of(partition)).get(partition);
            }
        }
    }
}
