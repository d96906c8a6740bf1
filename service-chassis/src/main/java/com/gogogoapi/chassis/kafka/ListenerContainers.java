package com.gogogoapi.chassis.kafka;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.ContainerProperties.AssignmentCommitOption;
import org.springframework.kafka.listener.GenericMessageListener;
import org.springframework.kafka.support.TopicPartitionOffset;

/**
 * Makes the containers in which a service's consumers live, each to be a bean of its name. A container goes on through Kafka's faults
 * and refusals; a record whose listener fails is tried again and then set aside as a dead letter; what ends a container
 * all the same, {@link ConsumersHealth} says.
 *
 * <p>Nothing is committed: where to read from is known without Kafka's help. Each has a platform thread of its own, since
 * virtual ones wait while something else computes on all cores.
 */
public final class ListenerContainers {

    private final ConcurrentKafkaListenerContainerFactory<String, byte[]> containers;

    ListenerContainers(ConcurrentKafkaListenerContainerFactory<String, byte[]> containers) {
        this.containers = containers;
    }

    /** Outside any service. */
    public static ListenerContainers of(KafkaClients clients) {
        var containers = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        containers.setConsumerFactory(clients.consumers());
        containers.getContainerProperties().setAckMode(AckMode.MANUAL);
        return new ListenerContainers(containers);
    }

    /** One that reads these partitions, whoever else does. */
    public ConcurrentMessageListenerContainer<String, byte[]> following(
            String name, GenericMessageListener<?> listener, TopicPartitionOffset... from) {
        return named(name, listener, containers.createContainer(from));
    }

    /** One that shares the partitions of a topic with the others of its group. */
    public ConcurrentMessageListenerContainer<String, byte[]> sharing(
            String name, String group, String topic, GenericMessageListener<?> listener) {
        var container = containers.createContainer(topic);
        container.getContainerProperties().setGroupId(group);
        return named(name, listener, container);
    }

    private static ConcurrentMessageListenerContainer<String, byte[]> named(
            String name,
            GenericMessageListener<?> listener,
            ConcurrentMessageListenerContainer<String, byte[]> container) {
        container.setupMessageListener(listener);
        container.setBeanName(name);
        var properties = container.getContainerProperties();
        properties.setClientId(name);
        properties.setAssignmentCommitOption(AssignmentCommitOption.NEVER);
        properties.setListenerTaskExecutor(new SimpleAsyncTaskExecutor(name + "-"));
        return container;
    }
}
