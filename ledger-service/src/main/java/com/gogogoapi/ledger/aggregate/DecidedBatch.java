package com.gogogoapi.ledger.aggregate;

import static java.util.stream.Collectors.groupingBy;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.ledger.account.Decision;
import com.gogogoapi.ledger.aggregate.BatchOutcome.AppendedShard;
import com.gogogoapi.ledger.aggregate.BatchOutcome.DecidedCommand;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.LogUnavailableException;
import com.gogogoapi.ledger.log.ShardBatch;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.snapshot.AccountSnapshot;
import com.gogogoapi.ledger.snapshot.Snapshots;
import com.gogogoapi.ledger.trust.ShardTrust;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A batch that is decided and not yet in the log. */
public final class DecidedBatch {

    private final LedgerLog ledgerLog;
    private final List<ShardIntake> intakes;
    private final List<Step> steps;
    private final Map<Integer, List<EventRows.DecidedRow>> eventsByShard;
    private final Parking parking;
    private final List<ParkedResumeRequested> toResume;
    private final Map<Integer, ShardTrust> trusts;

    /** A record and the answer to it. */
    record Step(Decide command, CommandResult answer) {}

    DecidedBatch(
            LedgerLog ledgerLog,
            List<ShardIntake> intakes,
            List<Step> steps,
            List<EventRows.DecidedRow> events,
            Parking parking,
            List<ParkedResumeRequested> toResume,
            Map<Integer, ShardTrust> trusts) {
        this.ledgerLog = ledgerLog;
        this.intakes = intakes;
        this.steps = steps;
        this.eventsByShard =
                events.stream().collect(groupingBy(decided -> decided.cause().shard()));
        this.parking = parking;
        this.toResume = toResume;
        this.trusts = trusts;
    }

    /** The shards whose intake it moves on. */
    public List<Integer> shards() {
        return intakes.stream().map(ShardIntake::shard).toList();
    }

    /** How many decisions are in it. */
    public int size() {
        return steps.size();
    }

    /**
     * Whether it parks an account, lets one go on, or changes whom a shard believes: the next batch must not be decided before
     * this is in the log.
     */
    public boolean parks() {
        return !parking.isEmpty() || !trusts.isEmpty();
    }

    /**
     * Appends all of it in one statement. On any thread, once, and then goes to {@link AccountEngine#applyOutcome}.
     *
     * @param from where each of its shards stands
     * @throws LogUnavailableException if the database failed; nothing is appended then, as far as this side knows
     */
    public BatchOutcome append(Collection<ShardPosition> from) {
        var positions = new HashMap<Integer, ShardPosition>();
        from.forEach(position -> positions.put(position.shard(), position));
        var batches = intakes.stream().map(intake -> batch(intake, positions)).toList();
        try {
            return outcome(batches, ledgerLog.append(batches));
        } catch (SQLException e) {
            throw new LogUnavailableException(e);
        }
    }

    private ShardBatch batch(ShardIntake intake, Map<Integer, ShardPosition> positions) {
        var shard = intake.shard();
        var from = positions.get(shard);
        if (from == null) {
            throw new IllegalArgumentException("It must be said where shard " + shard + " stands.");
        }
        return ShardBatch.of(
                from,
                EventRows.of(from, eventsByShard.getOrDefault(shard, List.of())),
                parking.parkedIn(shard),
                parking.endedIn(shard),
                intake.nextOffset(),
                intake.leaderEpoch());
    }

    private BatchOutcome outcome(List<ShardBatch> batches, Set<Integer> appended) {
        var byShard = steps.stream().collect(groupingBy(step -> step.command().shard()));
        var inTheLog = new ArrayList<AppendedShard>();
        var fenced = new ArrayList<Integer>();
        for (var batch : batches) {
            if (appended.contains(batch.shard())) {
                inTheLog.add(appendedShard(batch, byShard.getOrDefault(batch.shard(), List.of())));
            } else {
                fenced.add(batch.shard());
            }
        }
        return new BatchOutcome(inTheLog, fenced, List.copyOf(toResume));
    }

    private static AppendedShard appendedShard(ShardBatch batch, List<Step> steps) {
        var events = new ArrayList<LedgerEvent>(batch.events().size());
        var decided = new ArrayList<DecidedCommand>(steps.size());
        for (var step : steps) {
            decided.add(new DecidedCommand(
                    step.command(),
                    step.answer().decision(),
                    step.answer().state().limited().rates()));
            if (step.answer().decision() instanceof Decision.NewEvent(LedgerEvent event)) {
                events.add(event);
            }
        }
        return new AppendedShard(batch, events, decided);
    }

    /** What it parks becomes the truth for the shards that were appended. */
    void applyToParking(Set<Integer> appended) {
        parking.applyOutcome(appended::contains);
    }

    /** Whom it has its shards believe becomes the truth for those that were appended. */
    void applyToTrust(ShardTrusts truth, Set<Integer> appended) {
        trusts.forEach((shard, trust) -> {
            if (appended.contains(shard)) {
                truth.set(shard, trust);
            }
        });
    }

    /** Of each account that passed a snapshot's distance, its last state; only of what is in the log. */
    void takeSnapshots(Snapshots snapshots, Set<Integer> appended) {
        var due = new HashMap<String, AccountSnapshot>();
        for (var step : steps) {
            var answer = step.answer();
            var accountId = step.command().accountId();
            if (answer.decision() instanceof Decision.NewEvent
                    && appended.contains(step.command().shard())
                    && (snapshots.isDue(answer.seq(), answer.state().openHolds().size())
                            || due.containsKey(accountId))) {
                due.put(accountId, new AccountSnapshot(accountId, answer.seq(), answer.state()));
            }
        }
        due.values().forEach(snapshots::storeLater);
    }
}
