package com.gogogoapi.chassis.kafka;

import com.gogogoapi.chassis.installation.InstallationProperties;
import com.gogogoapi.chassis.settings.SettingException;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.contracts.wire.IntakeSecret;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.FixedBackOff;

/** The Kafka clients of a service: those of Spring Boot, with what {@link KafkaClients} adds to {@code spring.kafka.*}. */
@Configuration(proxyBeanMethods = false)
public class KafkaConfiguration {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    /** How often a listener is given a record that it fails on; all that come after it wait meanwhile. */
    private static final int ATTEMPTS = 3;

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);

    @Bean
    DefaultKafkaProducerFactoryCustomizer durableProducers() {
        return factory -> {
            factory.updateConfigs(missing(KafkaClients.PRODUCER, factory.getConfigurationProperties()));
            factory.updateConfigs(Map.of(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class));
            factory.setPhysicalCloseTimeout((int) CLOSE_TIMEOUT.toSeconds());
        };
    }

    @Bean
    DefaultKafkaConsumerFactoryCustomizer carefulConsumers() {
        return factory -> {
            factory.updateConfigs(missing(KafkaClients.CONSUMER, factory.getConfigurationProperties()));
            factory.updateConfigs(Map.of(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class));
        };
    }

    private static Map<String, Object> missing(Map<String, Object> ours, Map<String, Object> set) {
        var missing = new HashMap<>(ours);
        missing.keySet().removeAll(set.keySet());
        return missing;
    }

    @Bean
    KafkaClients kafkaClients(
            ProducerFactory<String, byte[]> producers, ConsumerFactory<String, byte[]> consumers, KafkaAdmin admin) {
        var settings = new HashMap<>(admin.getConfigurationProperties());
        requireConnection(settings);
        return new KafkaClients(producers, consumers, settings);
    }

    /** What has no default is missed here, by its name, before anything waits for an answer in vain. */
    private static void requireConnection(Map<String, Object> settings) {
        if (!(settings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG) instanceof List<?> servers)
                || servers.isEmpty()) {
            throw new SettingException(
                    "gogogoapi.kafka-bootstrap-servers must be set: host:port[,host:port…] of Kafka.");
        }
        var protocol = String.valueOf(settings.get(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG));
        var login = String.valueOf(settings.get(SaslConfigs.SASL_JAAS_CONFIG));
        if (protocol.startsWith("SASL") && login.contains("=\"\"")) {
            throw new SettingException(
                    "gogogoapi.kafka-username and gogogoapi.kafka-password must be set: Kafka asks"
                            + " who this service is. Where Kafka is secured by other means, spring.kafka.security.protocol says so.");
        }
    }

    /** Makes the topics before any bean that uses them exists. */
    @Bean
    InstalledTopics installedTopics(KafkaClients clients, InstallationProperties installation) {
        return InstalledTopics.ensure(clients, installation);
    }

    @Bean
    EventPublisher eventPublisher(
            KafkaClients clients,
            InstalledTopics topics,
            Clock clock,
            @Value("${spring.application.name}") String name,
            @Value("${gogogoapi.intake-secret:}") String intakeSecret) {
        var publisher = clients.publisher(clock, "/" + name);
        // Who asks nothing of the ledger needs no secret for it; who does names it among the settings that it requires.
        return IntakeAuthor.named(name)
                .filter(author -> !intakeSecret.isBlank())
                .map(author -> publisher.as(secretOf(author, intakeSecret)))
                .orElse(publisher);
    }

    private static IntakeSecret secretOf(IntakeAuthor author, String secret) {
        try {
            return new IntakeSecret(author, secret);
        } catch (IllegalArgumentException e) {
            throw new SettingException("gogogoapi.intake-secret must have at least " + IntakeSecret.MIN_SECRET_BYTES
                    + " bytes: the ledger knows this service's records by it.");
        }
    }

    @Bean
    DeadLetters deadLetters(EventPublisher publisher, MeterRegistry meters) {
        return new DeadLetters(publisher, meters);
    }

    /** For what a listener throws; what it cannot read it sets aside itself. */
    @Bean
    CommonErrorHandler kafkaErrorHandler(DeadLetters deadLetters) {
        var handler = new DefaultErrorHandler(
                (record, failure) -> deadLetters.setAside(record, failure),
                new FixedBackOff(BETWEEN_ATTEMPTS.toMillis(), ATTEMPTS - 1));
        handler.setAckAfterHandle(false);
        return handler;
    }

    @Bean
    ListenerContainers listenerContainers(ConcurrentKafkaListenerContainerFactory<String, byte[]> containers) {
        return new ListenerContainers(containers);
    }

    @Bean
    HealthIndicator kafkaConsumers(ObjectProvider<MessageListenerContainer> containers) {
        return new ConsumersHealth(containers);
    }
}
