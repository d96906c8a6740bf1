package com.gogogoapi.ledger.checkpoint;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.signing.SigningKey;
import com.gogogoapi.ledger.log.LedgerLog;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * What is done once a minute, by one thread: ask what was signed before, sign what is new, carry it out of the database.
 * Made anew after a failure, so that nothing is remembered of which the failure may have been the reason.
 */
final class SigningRounds implements AutoCloseable {

    private final CheckpointMaker maker;
    private final CheckpointCarrier carrier;
    private final SignedBefore signedBefore;
    private final List<Witness> witnesses;

    SigningRounds(
            LedgerLog ledgerLog,
            ShardEnds ends,
            CheckpointStore store,
            CheckpointProperties properties,
            SigningKey key,
            KafkaClients kafka,
            EventPublisher publisher,
            Clock clock)
            throws IOException {
        Optional<CheckpointFile> file = properties.checkpointFile().isBlank()
                ? Optional.empty()
                : Optional.of(new CheckpointFile(Path.of(properties.checkpointFile())));
        maker = new CheckpointMaker(ledgerLog, ends, store, key, clock, properties.maxEventsPerShard());
        carrier = new CheckpointCarrier(store, publisher, file, clock);
        witnesses = new ArrayList<>();
        // Nobody waits for what is read: let the broker answer when there is something.
        witnesses.add(new CheckpointTopic(
                () -> kafka.newUngroupedConsumer(Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500)),
                store::published));
        file.ifPresent(witnesses::add);
        signedBefore = new SignedBefore(witnesses, store, new ShardReadBack(ledgerLog, ends), ends, key.verifyingKey());
    }

    /** What became of a round. */
    sealed interface Outcome {

        /** @param made the new checkpoint, if there was anything to sign */
        record Done(Optional<Checkpoint> made) implements Outcome {}

        /** Nothing was signed, since the log does not reach yet what was signed before. */
        record Waiting(String until) implements Outcome {}
    }

    /** @throws ContradictionException if what was signed before is not what the database says */
    Outcome next() throws SQLException, IOException {
        var waiting = signedBefore.takeOver();
        if (waiting.isPresent()) {
            return new Outcome.Waiting(waiting.get());
        }
        var made = maker.makeNext();
        carrier.carryOut();
        return new Outcome.Done(made);
    }

    @Override
    public void close() {
        witnesses.forEach(Witness::close);
    }
}
