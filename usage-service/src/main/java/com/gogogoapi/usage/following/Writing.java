package com.gogogoapi.usage.following;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes what events say and the place of the last of them in one transaction. */
@Component
class Writing {

    private final List<ReadModel> models;
    private final Positions positions;
    private final TransactionTemplate transactions;
    private final JdbcClient jdbc;

    Writing(List<ReadModel> models, Positions positions, TransactionTemplate transactions, JdbcClient jdbc) {
        this.models = List.copyOf(models);
        this.positions = positions;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * Everything the follower has taken, and why it takes no more, if it does not. False if the shard is somewhere else by now: read by another instance, or anew;
     * then nothing was written.
     */
    boolean write(Follower follower) {
        if (follower.lastSequence() == follower.position().sequence() && follower.conflict() == null) {
            return true;
        }
        var at = follower.taken().isEmpty()
                ? null
                : follower.taken().getLast().event().decidedAt();
        var moved = Objects.requireNonNull(transactions.execute(status -> move(follower, at, status)));
        moved.ifPresent(follower::written);
        return moved.isPresent();
    }

    private Optional<Position> move(Follower follower, @Nullable Instant at, TransactionStatus status) {
        var from = follower.position();
        if (from.sequence() == 0) {
            positions.begin(from.shard());
        }
        var when = at == null ? from.at() : at;
        if (!positions.move(from, follower.lastSequence(), when, follower.resumeOffset(), follower.conflict())) {
            status.setRollbackOnly();
            return Optional.empty();
        }
        models.forEach(model -> model.take(follower.taken()));
        return Optional.of(positions.of(from.shard()));
    }

    /** Forgets everything that was made of events, and where they were read to. */
    void startAnew() {
        transactions.executeWithoutResult(status -> {
            // Whoever writes finishes first; whoever comes later finds the shard elsewhere.
            jdbc.sql("lock table followed_shard in exclusive mode").update();
            positions.rewind();
            models.forEach(ReadModel::forget);
        });
    }
}
