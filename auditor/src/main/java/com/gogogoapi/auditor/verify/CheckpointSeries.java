package com.gogogoapi.auditor.verify;

import com.gogogoapi.auditor.source.Cursor;
import com.gogogoapi.auditor.source.Export;
import com.gogogoapi.evidence.books.TrialBalance;
import com.gogogoapi.evidence.checkpoint.Checkpoint;
import com.gogogoapi.evidence.signing.SignedText;
import com.gogogoapi.evidence.signing.VerifyingKey;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** The checkpoints by themselves: that they are signed, follow each other, and state books that add up to zero. */
final class CheckpointSeries {

    private final List<VerifyingKey> keys;
    private long count;

    CheckpointSeries(List<VerifyingKey> keys) {
        this.keys = keys;
    }

    /** The first thing that is wrong with the log's own checkpoints, or with how they continue those that were given. */
    Optional<String> problem(Cursor<SignedText> own, List<Path> given) {
        var givenHashes = new HashMap<Long, String>();
        for (var file : given) {
            try (var signed = Export.readSigned(file)) {
                for (var next = signed.next(); next != null; next = signed.next()) {
                    var problem = problemOf(next, "the given checkpoint");
                    if (problem.isPresent()) {
                        return problem;
                    }
                    givenHashes.put(Checkpoint.parse(next.payload()).number(), next.hash());
                }
            }
        }
        return problem(own, givenHashes);
    }

    private Optional<String> problem(Cursor<SignedText> own, Map<Long, String> givenHashes) {
        var number = 0L;
        var previous = Checkpoint.NONE;
        Map<Integer, Long> lasts = new HashMap<>();
        Map<Integer, Long> marks = new HashMap<>();
        for (var next = own.next(); next != null; next = own.next()) {
            var problem = problemOf(next, "checkpoint");
            if (problem.isPresent()) {
                return problem;
            }
            var checkpoint = Checkpoint.parse(next.payload());
            number++;
            count++;
            if (checkpoint.number() != number) {
                return Optional.of("checkpoint " + number + " is missing");
            }
            if (!checkpoint.previous().equals(previous)) {
                return Optional.of("checkpoint " + number + " does not follow the one before it");
            }
            for (var part : checkpoint.shards()) {
                if (part.first() != lasts.getOrDefault(part.shard(), 0L) + 1) {
                    return Optional.of("checkpoint " + number + " leaves a gap in shard " + part.shard());
                }
                lasts.put(part.shard(), part.last());
                var mark = part.perEventAfter();
                if (!Objects.equals(marks.getOrDefault(part.shard(), mark), mark)) {
                    return Optional.of("checkpoint " + number + " says that links of shard " + part.shard()
                            + " are of one event after sequence " + mark + ", and the one before it after "
                            + marks.get(part.shard()));
                }
                if (mark != null) {
                    marks.put(part.shard(), mark);
                }
            }
            previous = next.hash();
            var given = givenHashes.remove(number);
            if (given != null && !given.equals(previous)) {
                return Optional.of("checkpoint " + number + " is another one than the one that was given");
            }
        }
        return givenHashes.keySet().stream()
                .min(Long::compare)
                .map(missing -> "checkpoint " + missing + ", which was given, is missing");
    }

    /** How many of the log's own were looked at. */
    long count() {
        return count;
    }

    private Optional<String> problemOf(SignedText signed, String name) {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(signed.payload());
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.of(name + " cannot be read: " + e.getMessage());
        }
        var named = name + " " + checkpoint.number();
        if (!keys.isEmpty() && keys.stream().noneMatch(key -> key.verifies(signed))) {
            return Optional.of(named + " is not signed by any key given");
        }
        if (!checkpoint.trialBalance().isBalanced()) {
            return Optional.of(named + " states books that are off by "
                    + checkpoint.trialBalance().difference());
        }
        var sum = checkpoint.shards().stream()
                .map(Checkpoint.ShardCheckpoint::books)
                .reduce(TrialBalance.EMPTY, TrialBalance::plus);
        return sum.equals(checkpoint.trialBalance())
                ? Optional.empty()
                : Optional.of(named + " states a trial balance that is not the sum of its shards");
    }
}
