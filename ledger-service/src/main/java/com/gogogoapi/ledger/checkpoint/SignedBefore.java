package com.gogogoapi.ledger.checkpoint;

import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.checkpoint.Checkpoint.ShardCheckpoint;
import com.gogogoapi.evidence.signing.SignedText;
import com.gogogoapi.evidence.signing.VerifyingKey;
import com.gogogoapi.ledger.checkpoint.ShardEnds.ShardEnd;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Sees to it that no number is signed twice. A database that came back from a backup has forgotten its last checkpoints;
 * its witnesses have not. Before anything is signed they are asked: what the database lacks is taken over from them as soon
 * as its log reaches that far and says the same; where it says something else nothing is signed any more.
 */
final class SignedBefore {

    private static final Logger log = LoggerFactory.getLogger(SignedBefore.class);

    /** What one witness has and the database is still to be held against. */
    private static final class Asked {

        private final Witness witness;
        private final Deque<SignedText> toCompare = new ArrayDeque<>();
        private long last;
        private @Nullable SignedText waiting;

        Asked(Witness witness) {
            this.witness = witness;
        }

        /** Asked for again and again while the log is still on its way there. */
        SignedText numbered(long number) throws IOException {
            var signed = waiting;
            if (signed == null || numberOf(signed) != number) {
                signed = witness.numbered(number)
                        .orElseThrow(() -> new ContradictionException(witness.name() + " has checkpoint " + last
                                + " but not " + number + ", which the database does not have either"));
                waiting = signed;
            }
            return signed;
        }
    }

    private final List<Asked> witnesses;
    private final CheckpointStore store;
    private final ShardReadBack readBack;
    private final ShardEnds ends;
    private final VerifyingKey key;

    SignedBefore(
            List<Witness> witnesses, CheckpointStore store, ShardReadBack readBack, ShardEnds ends, VerifyingKey key) {
        this.witnesses = witnesses.stream().map(Asked::new).toList();
        this.store = store;
        this.readBack = readBack;
        this.ends = ends;
        this.key = key;
    }

    /**
     * Takes over what the witnesses have and the database lacks.
     *
     * @return what is still to be taken over when the log reaches that far: until then nothing may be signed
     * @throws ContradictionException if a witness has another checkpoint than the database has, or could have
     */
    Optional<String> takeOver() throws SQLException, IOException {
        for (var asked : witnesses) {
            compare(asked);
            var waiting = takeOver(asked);
            if (waiting.isPresent()) {
                return waiting;
            }
        }
        return Optional.empty();
    }

    private void compare(Asked asked) throws IOException {
        do {
            while (!asked.toCompare.isEmpty()) {
                // Taken away only when it was compared: what contradicts does so until something else is done about it.
                asked.last = Math.max(asked.last, compared(asked.witness, asked.toCompare.element()));
                asked.toCompare.remove();
            }
        } while (asked.toCompare.addAll(asked.witness.news()));
    }

    /** @return its number, if the database does not have it; else 0 */
    private long compared(Witness witness, SignedText signed) {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(signed.payload());
        } catch (JacksonException | IllegalArgumentException e) {
            log.error("{} has something that is no checkpoint; it is ignored", witness.name(), e);
            return 0;
        }
        var own = store.numbered(checkpoint.number());
        if (own.isPresent() && own.get().payload().equals(signed.payload())) {
            return 0;
        }
        if (checkpoint.key().equals(key.id()) && !key.verifies(signed)) {
            log.error("{} has a checkpoint {} that is not signed; it is ignored", witness.name(), checkpoint.number());
            return 0;
        }
        if (own.isPresent()) {
            throw new ContradictionException(
                    witness.name() + " has another checkpoint " + checkpoint.number() + " than the database");
        }
        return checkpoint.number();
    }

    private Optional<String> takeOver(Asked asked) throws SQLException, IOException {
        var before = store.latest();
        var number = before.map(SignedBefore::numberOf).orElse(0L) + 1;
        for (; number <= asked.last; number++) {
            var signed = asked.numbered(number);
            var waiting = takeOver(asked.witness, signed, before);
            if (waiting.isPresent()) {
                return waiting;
            }
            before = Optional.of(signed);
        }
        return Optional.empty();
    }

    private static long numberOf(SignedText signed) {
        return Checkpoint.parse(signed.payload()).number();
    }

    private Optional<String> takeOver(Witness witness, SignedText signed, Optional<SignedText> before)
            throws SQLException {
        var checkpoint = Checkpoint.parse(signed.payload());
        var name = "checkpoint " + checkpoint.number() + " of " + witness.name();
        if (!key.verifies(signed)) {
            throw new ContradictionException(
                    name + " is signed by another key, " + checkpoint.key() + ", and the database does not have it");
        }
        if (!checkpoint.previous().equals(before.map(SignedText::hash).orElse(Checkpoint.NONE))) {
            throw new ContradictionException(name + " does not follow the database's last one");
        }
        var ended = ends.all().stream().collect(Collectors.toMap(ShardEnd::shard, Function.identity()));
        for (var part : checkpoint.shards()) {
            var end = ended.get(part.shard());
            if (end == null || end.lastPos() < part.last()) {
                return Optional.of("%s covers shard %d up to %d; the log ends at %d"
                        .formatted(name, part.shard(), part.last(), end == null ? 0 : end.lastPos()));
            }
            var from = before.flatMap(one -> Checkpoint.parse(one.payload()).of(part.shard()));
            if (!isFoundAgain(part, end, from, name)) {
                throw new ContradictionException(name + " says something else of shard " + part.shard() + " up to "
                        + part.last() + " than the log does");
            }
        }
        if (!store.add(checkpoint.number(), signed)
                && !store.numbered(checkpoint.number()).equals(Optional.of(signed))) {
            throw new ContradictionException(name + " is another one than the database has by now");
        }
        witness.adopted(checkpoint.number());
        log.warn("{} was taken over: the database had lost it, and its log says the same", name);
        return Optional.empty();
    }

    private boolean isFoundAgain(ShardCheckpoint part, ShardEnd end, Optional<ShardCheckpoint> from, String name)
            throws SQLException {
        try {
            var found = readBack.read(end, from, part.last());
            return found.first() == part.first()
                    && found.head().equals(part.head())
                    && found.root().equals(part.root())
                    && found.books().equals(part.books())
                    && (part.perEventAfter() == null || part.perEventAfter().equals(found.perEventAfter()));
        } catch (IllegalStateException e) {
            throw new ContradictionException(name + " cannot be found again in the log: " + e.getMessage(), e);
        }
    }
}
