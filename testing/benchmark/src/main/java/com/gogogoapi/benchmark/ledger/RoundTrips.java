package com.gogogoapi.benchmark.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.chassis.kafka.ListenerContainers;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.ledger.intake.CreditIntake;
import com.gogogoapi.contracts.messaging.EventMetadata;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.fixtures.Authentic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ConsumerSeekAware;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.kafka.support.TopicPartitionOffset.SeekPosition;

/**
 * The asking side: sends records and takes the time until each one's answer is consumed. It is the same for the ledger
 * and for the bare round trip that the ledger is held against.
 */
final class RoundTrips implements AutoCloseable {

    static final int ANSWER_PARTITION = 0;

    private static final String SOURCE = "/benchmark";

    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(2);

    private final String askTopic;
    private final EventPublisher publisher;
    private final MessageListenerContainer answers;
    private final Map<UUID, Asked> waiting = new ConcurrentHashMap<>();

    /** @param nanos from just before it was sent to when the answer was at hand */
    record TimedReply(long nanos, ConsumerRecord<String, byte[]> record) {}

    private record Asked(long sentNanos, CompletableFuture<TimedReply> answer) {}

    private RoundTrips(String askTopic, EventPublisher publisher, MessageListenerContainer answers) {
        this.askTopic = askTopic;
        this.publisher = publisher;
        this.answers = answers;
    }

    /** Reads the answers on {@link #ANSWER_PARTITION} of that topic, from its end on. */
    static RoundTrips over(KafkaClients kafka, String askTopic, String answerTopic) throws InterruptedException {
        var reading = new CountDownLatch(1);
        var reader = new ReplyReader(reading);
        var answers = ListenerContainers.of(kafka)
                .following(
                        "benchmark-answers",
                        reader,
                        new TopicPartitionOffset(answerTopic, ANSWER_PARTITION, SeekPosition.END));
        answers.start();
        if (!reading.await(GIVE_UP_AFTER.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("The answers on " + answerTopic + " must be readable.");
        }
        var roundTrips = new RoundTrips(askTopic, kafka.publisher(Clock.systemUTC(), SOURCE), answers);
        reader.waiting = roundTrips.waiting;
        return roundTrips;
    }

    /** As a proxy receives decisions. */
    private static final class ReplyReader implements MessageListener<String, byte[]>, ConsumerSeekAware {

        private final CountDownLatch reading;
        private volatile Map<UUID, Asked> waiting = Map.of();

        ReplyReader(CountDownLatch reading) {
            this.reading = reading;
        }

        /** The end is known by now, and what comes after it will be read. */
        @Override
        public void onPartitionsAssigned(Map<TopicPartition, Long> positions, ConsumerSeekCallback seeking) {
            reading.countDown();
        }

        @Override
        public void onMessage(ConsumerRecord<String, byte[]> record) {
            var now = System.nanoTime();
            var cause = record.headers().lastHeader("ce_causationid");
            var asked = cause == null ? null : waiting.get(UUID.fromString(new String(cause.value(), US_ASCII)));
            if (asked != null) {
                asked.answer.complete(new TimedReply(now - asked.sentNanos, record));
            }
        }
    }

    /** Asks once and waits for the answer. */
    TimedReply once(CreditIntake intake) throws InterruptedException {
        try {
            return ask(intake).get(GIVE_UP_AFTER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("There must be an answer to " + intake.requestId() + ".", e);
        } finally {
            waiting.clear();
        }
    }

    /** Asks at a steady rate for so long, whether or not answers come in time. */
    Latency at(int perSecond, int seconds, Supplier<? extends CreditIntake> next) throws InterruptedException {
        var count = perSecond * seconds;
        var answered = new ArrayList<CompletableFuture<TimedReply>>(count);
        var nanosBetween = 1_000_000_000L / perSecond;
        var started = System.nanoTime();
        for (var i = 0; i < count; i++) {
            var due = started + i * nanosBetween;
            for (var early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            answered.add(ask(next.get()));
        }
        try {
            CompletableFuture.allOf(answered.toArray(CompletableFuture[]::new))
                    .get(GIVE_UP_AFTER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Every reservation must be answered.", e);
        } finally {
            waiting.clear();
        }
        return Latency.of(
                answered.stream().mapToLong(answer -> answer.join().nanos()).toArray());
    }

    private CompletableFuture<TimedReply> ask(CreditIntake intake) {
        var id = TimeOrderedIds.next();
        var metadata = EventMetadata.of(id, SOURCE, Instant.now()).answeringTo(ANSWER_PARTITION);
        var record =
                EventRecords.record(askTopic, null, intake.accountId().value(), Authentic.signed(intake), metadata);
        Authentic.secretFor(intake).seal(record);
        var answer = new CompletableFuture<TimedReply>();
        waiting.put(id, new Asked(System.nanoTime(), answer));
        publisher.send(record, failure -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    @Override
    public void close() {
        answers.stop();
    }
}
