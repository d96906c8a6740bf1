package com.gogogoapi.chassis.kafka;

import com.gogogoapi.chassis.installation.InstallationProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The Kafka clients of a service. */
@Configuration(proxyBeanMethods = false)
public class KafkaConfiguration {

    @Bean
    KafkaClients kafkaClients(InstallationProperties installation, @Value("${spring.application.name}") String name) {
        return new KafkaClients(installation.kafkaBootstrapServers(), name);
    }

    /** Makes the topics before any bean that uses them exists. */
    @Bean
    InstalledTopics installedTopics(KafkaClients clients, InstallationProperties installation) {
        return InstalledTopics.ensure(clients, installation);
    }

    @Bean(destroyMethod = "close")
    EventPublisher eventPublisher(
            KafkaClients clients,
            InstalledTopics topics,
            MeterRegistry meters,
            Clock clock,
            @Value("${spring.application.name}") String name) {
        var producer = clients.newProducer();
        new KafkaClientMetrics(producer).bindTo(meters);
        return new EventPublisher(producer, clock, "/" + name);
    }

    @Bean
    DeadLetters deadLetters(EventPublisher publisher, MeterRegistry meters) {
        return new DeadLetters(publisher, meters);
    }
}
