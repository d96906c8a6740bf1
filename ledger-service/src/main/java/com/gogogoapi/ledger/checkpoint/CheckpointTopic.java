package com.gogogoapi.ledger.checkpoint;

import com.gogogoapi.contracts.ledger.LedgerCheckpointed;
import com.gogogoapi.contracts.wire.EventRecords;
import com.gogogoapi.contracts.wire.EventRecords.Decoded;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.evidence.signing.SignedText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@code ledger-checkpoints}, followed by whoever signs. It may repeat, and instances that publish at the same time
 * may repeat each other, but each only what it has just read from the database: so its end holds its greatest number, and
 * reading begins there.
 */
final class CheckpointTopic implements Witness {

    private static final Logger log = LoggerFactory.getLogger(CheckpointTopic.class);

    /** More than any instance publishes at a time, several times: the greatest number is among so many at the end. */
    private static final int TAIL = 5 * CheckpointCarrier.PAGE;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

    private static final TopicPartition PARTITION = new TopicPartition(Topics.LEDGER_CHECKPOINTS, 0);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final LongConsumer onAdopted;
    private @Nullable Consumer<String, byte[]> consumer;
    /** Up to where {@link #news} has been; -1 before it was asked. */
    private long newsOffset = -1;
    /** Behind the number found last, where the next one is looked for first. */
    private long foundOffset = -1;

    /**
     * @param consumers for one of no group; closed here
     * @param onAdopted told the number up to which all are known to be in the topic
     */
    CheckpointTopic(Supplier<Consumer<String, byte[]>> consumers, LongConsumer onAdopted) {
        this.consumers = consumers;
        this.onAdopted = onAdopted;
    }

    @Override
    public String name() {
        return "the topic " + Topics.LEDGER_CHECKPOINTS;
    }

    @Override
    public List<SignedText> news() throws IOException {
        var open = open();
        var end = end(open);
        // A topic that is shorter than it was is another one.
        if (newsOffset < 0 || newsOffset > end) {
            newsOffset = Math.max(begin(open), end - TAIL);
        }
        var news = new ArrayList<SignedText>();
        while (news.isEmpty() && newsOffset < end) {
            for (var record : from(open, newsOffset)) {
                checkpoint(record).map(Numbered::signed).ifPresent(news::add);
                newsOffset = record.offset() + 1;
            }
        }
        return news;
    }

    /** Looked for from behind the one that was found last; if it is not there, from far enough before the end. */
    @Override
    public Optional<SignedText> numbered(long number) throws IOException {
        var open = open();
        var found = foundOffset < 0 ? Optional.<SignedText>empty() : search(open, foundOffset, number);
        return found.isPresent() ? found : search(open, before(open, number), number);
    }

    private Optional<SignedText> search(Consumer<String, byte[]> open, long offset, long number) throws IOException {
        var end = end(open);
        for (var at = offset; at < end; ) {
            for (var record : from(open, at)) {
                at = record.offset() + 1;
                var checkpoint = checkpoint(record);
                if (checkpoint.isPresent() && checkpoint.get().number() == number) {
                    foundOffset = at;
                    return Optional.of(checkpoint.get().signed());
                }
            }
        }
        return Optional.empty();
    }

    /** An offset before which that number is not for the first time: further and further back until one below it is met. */
    private long before(Consumer<String, byte[]> open, long number) throws IOException {
        var begin = begin(open);
        var end = end(open);
        for (var back = (long) TAIL; end - back > begin; back *= 2) {
            var there = from(open, end - back).getFirst();
            if (checkpoint(there).filter(one -> one.number() < number).isPresent()) {
                return Math.max(begin, end - back - TAIL);
            }
        }
        return begin;
    }

    private record Numbered(long number, SignedText signed) {}

    private static Optional<Numbered> checkpoint(ConsumerRecord<String, byte[]> record) {
        if (EventRecords.decode(record.headers(), record.value())
                instanceof Decoded.Known(LedgerCheckpointed made, var metadata)) {
            return Optional.of(new Numbered(made.number(), new SignedText(made.payload(), made.signature())));
        }
        log.error("{} has something at offset {} that is no checkpoint; it is ignored", PARTITION, record.offset());
        return Optional.empty();
    }

    /** At least one record from an offset on that is before the end. */
    private static List<ConsumerRecord<String, byte[]>> from(Consumer<String, byte[]> open, long offset)
            throws IOException {
        var until = System.nanoTime() + ANSWERS_WITHIN.toNanos();
        if (open.position(PARTITION, ANSWERS_WITHIN) != offset) {
            open.seek(PARTITION, offset);
        }
        while (System.nanoTime() < until) {
            var records = open.poll(POLL).records(PARTITION);
            if (!records.isEmpty()) {
                return records;
            }
        }
        throw new IOException(PARTITION + " brings nothing from offset " + offset + " on within " + ANSWERS_WITHIN);
    }

    private static long begin(Consumer<String, byte[]> open) {
        return open.beginningOffsets(List.of(PARTITION), ANSWERS_WITHIN).getOrDefault(PARTITION, 0L);
    }

    private static long end(Consumer<String, byte[]> open) {
        return open.endOffsets(List.of(PARTITION), ANSWERS_WITHIN).getOrDefault(PARTITION, 0L);
    }

    private Consumer<String, byte[]> open() {
        var open = consumer;
        if (open == null) {
            open = consumers.get();
            open.assign(List.of(PARTITION));
            open.seek(PARTITION, 0);
            consumer = open;
        }
        return open;
    }

    @Override
    public void adopted(long number) {
        onAdopted.accept(number);
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close();
            consumer = null;
        }
    }
}
