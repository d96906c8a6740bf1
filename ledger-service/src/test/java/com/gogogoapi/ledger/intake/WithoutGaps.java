package com.gogogoapi.ledger.intake;

import com.gogogoapi.ledger.log.ShardPosition;
import java.util.Optional;

/** Of an intake that loses nothing: a gap is a defect. */
final class WithoutGaps implements IntakeGaps {

    @Override
    public Optional<Start> startOf(ShardPosition position, long first, long end) {
        if (position.nextOffset() < first || position.nextOffset() > end) {
            throw new AssertionError(position + " is not from " + first + " to " + end);
        }
        return Optional.of(Start.at(position.nextOffset()));
    }

    @Override
    public void found(ShardPosition position) {
        throw new AssertionError("something was lost before " + position);
    }

    @Override
    public void forget(int shard) {
        // Nothing is kept.
    }
}
