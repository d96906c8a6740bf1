package com.gogogoapi.ledger.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogSenderTest {

    private final List<MockProducer<String, byte[]>> producers = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private boolean noMore;
    private final LogSender sender = new LogSender(this::producer);

    private MockProducer<String, byte[]> producer() {
        if (noMore) {
            throw new KafkaException("no broker can be resolved");
        }
        var producer = new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
        producers.add(producer);
        return producer;
    }

    private void send(LogSender.Session session, String name) {
        session.send(new ProducerRecord<>("topic", name, new byte[0]), failure -> told.add(name + outcome(failure)));
    }

    private static String outcome(@Nullable Exception failure) {
        return failure == null ? " arrived" : " failed";
    }

    @Test
    void whatIsSentAfterASessionEndedFails() {
        var session = sender.session();
        send(session, "1");
        session.end();
        assertThat(producers.getFirst().closed()).isTrue();
        send(session, "2");
        assertThat(told).contains("2 failed").doesNotContain("1 arrived");
    }

    @Test
    void aSessionEndsWhereAFailureIsTold() {
        var session = sender.session();
        session.send(new ProducerRecord<>("topic", "1", new byte[0]), failure -> session.end());
        send(session, "2");
        producers.getFirst().errorNext(new KafkaException("it did not arrive"));
        assertThat(session.hasEnded()).isTrue();
        assertThat(sender.session()).isNotSameAs(session);
        assertThat(producers).hasSize(2);
    }

    @Test
    void everybodyIsGivenTheSameSession() {
        assertThat(sender.session()).isSameAs(sender.session());
        sender.session().end();
        assertThat(sender.session()).isSameAs(sender.session());
        assertThat(producers).hasSize(2);
    }

    @Test
    void withoutAnotherProducerTheOldSessionGoesOnFailing() {
        var session = sender.session();
        session.end();
        noMore = true;
        assertThat(sender.session()).isSameAs(session);
        send(sender.session(), "1");
        assertThat(told).containsExactly("1 failed");

        noMore = false;
        send(sender.session(), "2");
        producers.getLast().completeNext();
        assertThat(told).containsExactly("1 failed", "2 arrived");
    }

    @Test
    void closingLetsWhatIsQueuedGo() {
        var lasted = new ArrayList<Duration>();
        var kept =
                new LogSender(() -> new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer()) {
                    @Override
                    public void close(Duration timeout) {
                        lasted.add(timeout);
                    }
                });
        kept.close();
        kept.close();
        assertThat(lasted).hasSize(1).allMatch(Duration::isPositive);
    }
}
