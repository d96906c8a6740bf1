package com.gogogoapi.chassis.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.kafka.ConsumersOnARealKafkaTest.Service;
import com.gogogoapi.contracts.wire.BrokerUser;
import com.gogogoapi.embedded.Infrastructure;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;

/** What is said by our own names, by Spring's, and not at all. */
@Tag("integration")
class KafkaSettingsTest {

    private static final String[] USUAL = {
        "--server.port=0",
        "--spring.application.name=test-service",
        "--gogogoapi.internal-secret=0123456789abcdef0123456789abcdef"
    };

    private static SpringApplicationBuilder service() {
        return new SpringApplicationBuilder(Service.class);
    }

    @Test
    void missesWhereKafkaIsByName() {
        assertThatThrownBy(() -> service().run(USUAL))
                .hasRootCauseMessage("gogogoapi.kafka-bootstrap-servers must be set: host:port[,host:port…] of Kafka.");
    }

    @Test
    void missesWhoItIsByName() {
        var settings = new String[] {USUAL[0], USUAL[1], USUAL[2], "--gogogoapi.kafka-bootstrap-servers=127.0.0.1:1"};
        assertThatThrownBy(() -> service().run(settings))
                .rootCause()
                .hasMessageStartingWith("gogogoapi.kafka-username and gogogoapi.kafka-password must be set");
    }

    @Test
    void springsNamesWinAndWhatIsNotSaidIsOurs() {
        var kafka = Infrastructure.shared().kafka(BrokerUser.LEDGER_SERVICE);
        try (var running = service()
                .run(kafka.serviceArguments(
                        USUAL[0],
                        USUAL[1],
                        USUAL[2],
                        "--gogogoapi.kafka-bootstrap-servers=127.0.0.1:1",
                        "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--spring.kafka.producer.properties.linger.ms=7",
                        "--spring.kafka.consumer.properties.fetch.max.wait.ms=70"))) {
            var producer = running.getBean(ProducerFactory.class).getConfigurationProperties();
            assertThat(producer)
                    .containsEntry(ProducerConfig.LINGER_MS_CONFIG, "7")
                    .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                    .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            assertThat(running.getBean(ConsumerFactory.class).getConfigurationProperties())
                    .containsEntry("fetch.max.wait.ms", "70")
                    .containsEntry("enable.auto.commit", false)
                    .containsEntry("auto.offset.reset", "earliest");
        }
    }
}
