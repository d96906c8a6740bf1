package com.gogogoapi.ledger.aggregate;

import static java.util.stream.Collectors.toSet;

import com.gogogoapi.contracts.ledger.Balance;
import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.ledger.account.CreditDecisions;
import com.gogogoapi.ledger.account.HoldPolicy;
import com.gogogoapi.ledger.log.IntakeRecord;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.LogUnavailableException;
import com.gogogoapi.ledger.log.ShardPosition;
import com.gogogoapi.ledger.snapshot.Snapshots;
import com.gogogoapi.ledger.trust.GapAcceptance;
import com.gogogoapi.ledger.trust.IntakeGuard;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.jspecify.annotations.Nullable;

/**
 * Decides batches, in Axon's own terms.
 *
 * <p>The deciding of a batch is one unit of work; an account is loaded at most once in it and usually not at all. A command
 * that throws has applied nothing: an account decides first and applies one event then. What is decided is appended as a
 * whole afterwards ({@link DecidedBatch}). The next batch may be decided before that, on the states at hand, which are a
 * batch ahead of the log then; if an append fails, they are forgotten, and so must be what was decided on them.
 *
 * <p>One engine belongs to one worker thread, with its own repository and cache: a shard has one owner, so nothing is
 * shared and nothing is locked.
 */
public final class AccountEngine {

    private static final Runnable NOTHING_BEFORE = () -> {};

    private final LedgerLog ledgerLog;
    private final Snapshots snapshots;
    private final CreditDecisions decisions;
    private final AccountCache cache;
    private final Repository<CreditAccount> repository;
    private final IntakeGuard guard;
    private final SetAside setAside;
    private final ParkedAccounts parkedAccounts = new ParkedAccounts();
    private final ShardTrusts trusts = new ShardTrusts();
    private final Deciding.Accounts accounts = new Deciding.Accounts() {
        @Override
        public CommandResult decide(Decide command) {
            return repository.load(command.accountId()).invoke(account -> account.decide(command, decisions));
        }

        @Override
        public CommandResult append(Decide command, Function<Balance, LedgerEvent> event) {
            return repository.load(command.accountId()).invoke(account -> account.append(command, event));
        }
    };
    private Runnable untilAppended = NOTHING_BEFORE;

    /** @param setAside is told of what {@code guard} does not believe */
    public AccountEngine(
            LedgerLog ledgerLog,
            Snapshots snapshots,
            HoldPolicy holds,
            int maxCachedAccounts,
            IntakeGuard guard,
            SetAside setAside) {
        this.ledgerLog = ledgerLog;
        this.guard = guard;
        this.setAside = setAside;
        this.snapshots = snapshots;
        this.decisions = new CreditDecisions(holds);
        this.cache = new AccountCache(maxCachedAccounts);
        var model = AnnotatedAggregateMetaModelFactory.inspectAggregate(CreditAccount.class);
        var storage = new LedgerStorageEngine(ledgerLog, snapshots, () -> untilAppended.run());
        CachingEventSourcingRepository<CreditAccount> stories = EventSourcingRepository.builder(CreditAccount.class)
                .aggregateModel(model)
                .eventStore(LedgerEventStore.over(storage))
                .aggregateFactory(new CreditAccountFactory(model))
                .lockFactory(NullLockFactory.INSTANCE)
                .cache(cache)
                .build();
        this.repository = stories;
    }

    /**
     * Decides all of it. A record that cannot be decided for a reason of its own is parked, and so is every later one of
     * its account, until an operator lets the account go on; no other account waits.
     *
     * @param untilAppended waits until the batch decided before is in the log, or has failed to get there; called before
     *     anything is read from the log, which is seldom
     * @throws LogUnavailableException if the database failed
     */
    public DecidedBatch decide(List<ShardIntake> intakes, Runnable untilAppended) {
        var records =
                intakes.stream().flatMap(intake -> intake.records().stream()).toList();
        var readings = InParallel.map(records, this::read);
        return decide(intakes, untilAppended, deciding -> {
            readings.forEach(deciding::take);
        });
    }

    private Deciding.Read read(IntakeRecord record) {
        return new Deciding.Read(record, guard.authorOf(record), Reading.of(record));
    }

    /** As {@link #decide(List, Runnable)}, where everything decided before is in the log. */
    public DecidedBatch decide(List<ShardIntake> intakes) {
        return decide(intakes, NOTHING_BEFORE);
    }

    /** Instead of deciding a record whose rows the database refused: it is parked. */
    public DecidedBatch setAside(ShardIntake refused, String why) {
        return decide(List.of(refused), NOTHING_BEFORE, deciding -> refused.records()
                .forEach(record -> deciding.refuse(record, why)));
    }

    /** What is wrong with the acceptance of a gap, as far as its shard's log says; null if nothing is. */
    public @Nullable String faultOf(GapAcceptance gap) {
        return gap.fault(trusts.of(gap.shard()));
    }

    /**
     * Instead of deciding a record: goes on behind a gap of a shard's intake, which is an event of its own.
     *
     * @param firstOffset of the record that is read next
     */
    public DecidedBatch passGap(GapAcceptance gap, long firstOffset) {
        return decide(
                List.of(new ShardIntake(gap.shard(), firstOffset, ShardPosition.NO_EPOCH, List.of())),
                NOTHING_BEFORE,
                deciding -> deciding.passGap(gap, firstOffset));
    }

    private DecidedBatch decide(List<ShardIntake> intakes, Runnable untilAppended, Consumer<Deciding> taken) {
        this.untilAppended = untilAppended;
        var root = DefaultUnitOfWork.startAndGet(null);
        var deciding = new Deciding(accounts, ledgerLog, untilAppended, parkedAccounts, trusts, guard, setAside);
        try {
            taken.accept(deciding);
            root.commit();
            deciding.failedAccounts().forEach(cache::remove);
            return deciding.decided(intakes, LedgerStorageEngine.appendedIn(root));
        } catch (RuntimeException | Error e) {
            if (root.isActive()) {
                root.rollback(e);
            }
            forget();
            throw e;
        }
    }

    /** To be told what became of every batch that was appended, before another one is. */
    public void applyOutcome(DecidedBatch batch, BatchOutcome outcome) {
        var appended =
                outcome.appended().stream().map(shard -> shard.batch().shard()).collect(toSet());
        batch.applyToParking(appended);
        batch.applyToTrust(trusts, appended);
        batch.takeSnapshots(snapshots, appended);
        if (!outcome.fenced().isEmpty()) {
            forget();
        }
    }

    /** Gives up all accounts at hand; to be called if a batch could not be appended. */
    public void forget() {
        cache.removeAll();
    }

    /** Takes shards on, also those it has already: whatever it believed of their accounts is read anew. */
    public void open(Collection<Integer> shards) throws SQLException {
        forget();
        for (var shard : shards) {
            parkedAccounts.open(ledgerLog, shard);
            trusts.open(ledgerLog, shard);
        }
    }

    /** Lets shards go: after an ownership moved, what is at hand may be out of date. */
    public void close(Collection<Integer> shards) {
        forget();
        parkedAccounts.close(shards);
        trusts.close(shards);
    }

    /** Accounts of its shards that wait for an operator. */
    public int parkedAccounts() {
        return parkedAccounts.count();
    }
}
