package com.gogogoapi.ledger.simulation;

import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.contracts.ledger.IntakeGapAccepted;
import com.gogogoapi.contracts.ledger.intake.OrderText;
import com.gogogoapi.fixtures.Authentic;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.simulation.SimulatedDatabase.Gap;
import com.gogogoapi.ledger.trust.GapAcceptance;

/**
 * What the intake loses though it had acknowledged it: its beginning to retention, its end to a broker that comes back without
 * it, or all of it to another topic. Nothing of the kind may be passed over before an operator says so, once.
 */
final class Disasters {

    private final SimulatedKafka kafka;
    private final SimulatedDatabase database;
    private final Invariants invariants;
    private final Chance chance;
    private final Faults faults;
    private final SimulatedProxies proxies;
    private final SimulatedClock clock;

    Disasters(
            SimulatedKafka kafka,
            SimulatedDatabase database,
            Invariants invariants,
            Chance chance,
            Faults faults,
            SimulatedProxies proxies,
            SimulatedClock clock) {
        this.kafka = kafka;
        this.database = database;
        this.invariants = invariants;
        this.chance = chance;
        this.faults = faults;
        this.proxies = proxies;
        this.clock = clock;
    }

    /** Nothing may be under way that was read before; between two losses a shard has to have gone on. */
    void strike(int shard) {
        if (invariants.isBehindAGap(shard)) {
            return;
        }
        var first = kafka.firstOf(shard);
        var end = kafka.endOf(shard);
        if (first == end) {
            return;
        }
        if (chance.oneIn(2)) {
            // Often beyond what was taken in; what was, nobody misses.
            faults.retentions++;
            kafka.loseBeginning(shard, Math.max(first, end - chance.below(8)));
        } else {
            faults.lostEnds++;
            kafka.loseEnd(shard, Math.max(first, end - chance.between(1, 8)));
        }
        proxies.intakeLost(shard);
        requireStop(shard);
    }

    /** A lost end fills again, some before any ledger has seen that it was lost. */
    void electLeaders() {
        for (var shard = 0; shard < kafka.shards(); shard++) {
            if (!kafka.hasLeader(shard) && chance.oneIn(4)) {
                kafka.electLeader(shard);
            }
        }
    }

    /** All that is not taken in yet is lost with the former topic, and offsets mean other records from now on. */
    void makeTopicAnew() {
        faults.newTopics++;
        kafka.makeIntakeAnew();
        for (var shard = 0; shard < kafka.shards(); shard++) {
            kafka.electLeader(shard);
            proxies.intakeLost(shard);
            invariants.mustStop(shard);
        }
    }

    private void requireStop(int shard) {
        var next = database.position(shard).nextOffset();
        if (next < kafka.firstOf(shard) || next > kafka.endOf(shard)) {
            faults.gaps++;
            invariants.mustStop(shard);
        }
    }

    /** An operator accepts one of the gaps that were found. */
    void acceptGap(int shard) {
        var position = database.position(shard);
        var gap = database.gap(position);
        if (gap == null || gap.acceptance() != null) {
            return;
        }
        faults.acceptedGaps++;
        // No two orders are signed in the same millisecond.
        clock.move(1);
        var acceptance = accepted(position);
        database.gaps(shard).put(position.nextOffset(), new Gap(gap.first(), gap.end(), acceptance));
        database.moveParkedBelowZero(shard);
        invariants.parkedMovedBelowZero(shard);
        invariants.mayGoOn(shard, acceptance.requestId());
    }

    private GapAcceptance accepted(ShardPosition position) {
        var installation = InstallationAccount.of(position.shard());
        var expected = position.nextOffset();
        var at = clock.instant();
        var signature = Authentic.OPERATOR.sign(
                at,
                signedAt -> OrderText.ofGap(
                        installation,
                        IntakeGapAccepted.requestIdOf(installation, expected, signedAt),
                        expected,
                        "operator",
                        "lost",
                        signedAt));
        return new GapAcceptance(position.shard(), expected, "operator", "lost", at, signature);
    }

    /** @return whether instances may start: it is the topic that was read until now, or an operator takes the other one */
    boolean isTopicAccepted(boolean operatorIsThere) {
        if (database.topic == kafka.topic()) {
            return true;
        }
        if (!operatorIsThere) {
            return false;
        }
        database.goOverTo(kafka.topic());
        for (var shard = 0; shard < kafka.shards(); shard++) {
            invariants.parkedMovedBelowZero(shard);
            invariants.goesOnFromZero(shard);
        }
        return true;
    }
}
