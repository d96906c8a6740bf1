package com.gogogoapi.embedded;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Somebody with a producer, who is told what Kafka made of his record. */
final class Outsider {

    private Outsider() {}

    /** @return what was wrong; null if Kafka took the record */
    static Throwable writes(KafkaAccess access, String topic) {
        return writes(access.clientSettings(), topic);
    }

    static Throwable writes(Map<String, Object> settings, String topic) {
        var impatient = new HashMap<>(settings);
        impatient.put("max.block.ms", 5_000);
        impatient.put("delivery.timeout.ms", 6_000);
        impatient.put("request.timeout.ms", 5_000);
        impatient.put("linger.ms", 0);
        try (var producer = new KafkaProducer<>(impatient, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", "forged")).get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (KafkaException e) {
            // Some refusals are remembered, and told with the next send.
            return e.getCause() == null ? e : e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        }
    }
}
