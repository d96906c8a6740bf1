package com.gogogoapi.proxy.decisions;

import com.gogogoapi.chassis.installation.InstallationProperties;
import com.gogogoapi.chassis.kafka.InstalledTopics;
import com.gogogoapi.chassis.kafka.ListenerContainers;
import com.gogogoapi.contracts.wire.Topics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

@Configuration(proxyBeanMethods = false)
class DecisionInboxConfiguration {

    private static final String NAME = "decision-inbox";
    private static final String GROUP = "proxy-decisions";

    /** Ended after the web server, whose last requests still wait for decisions. */
    private static final int AFTER_THE_WEB_SERVER = 0;

    /** @param topics made before one of them is shared */
    @Bean(NAME)
    ConcurrentMessageListenerContainer<String, byte[]> decisionInboxContainer(
            ListenerContainers containers,
            InstalledTopics topics,
            InstallationProperties installation,
            DecisionInbox inbox) {
        var container = containers.sharing(NAME, GROUP, Topics.CREDIT_DECISIONS, inbox);
        container.setPhase(AFTER_THE_WEB_SERVER);
        var properties = container.getContainerProperties();
        properties.setConsumerRebalanceListener(inbox);
        var settings = properties.getKafkaConsumerProperties();
        settings.setProperty(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.setProperty(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "10000");
        settings.setProperty(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "1000");
        var instanceId = installation.instanceId();
        if (instanceId != null) {
            settings.setProperty(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId);
        }
        return container;
    }
}
