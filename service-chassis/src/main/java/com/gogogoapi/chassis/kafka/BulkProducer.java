package com.gogogoapi.chassis.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.ProducerFactory;

/** Not shared, as a factory's are, and watched as these are: by its metrics, as long as it is open. */
final class BulkProducer extends KafkaProducer<String, byte[]> {

    private final List<ProducerFactory.Listener<String, byte[]>> listeners;
    private final String name;

    BulkProducer(Map<String, Object> settings, List<ProducerFactory.Listener<String, byte[]>> listeners, String name) {
        super(settings, new StringSerializer(), new ByteArraySerializer());
        this.listeners = listeners;
        this.name = name;
        listeners.forEach(listener -> listener.producerAdded(name, this));
    }

    @Override
    public void close(Duration timeout) {
        listeners.forEach(listener -> listener.producerRemoved(name, this));
        super.close(timeout);
    }
}
