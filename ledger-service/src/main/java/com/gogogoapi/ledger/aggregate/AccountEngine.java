package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.ledger.account.HoldPolicy;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.LogUnavailableException;
import com.gogogoapi.ledger.snapshot.Snapshots;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;

/**
 * Decides batches, in Axon's own terms.
 *
 * <p>A batch is one unit of work; an account is loaded at most once in it and usually not at all. Its commit writes every
 * event and every consumed offset in one statement. If that fails, its rollback gives up the accounts it touched. A
 * command that throws has applied nothing: an account decides first and applies one event then.
 *
 * <p>One engine belongs to one worker thread, with its own repository and cache: a shard has one owner, so nothing is
 * shared and nothing is locked.
 */
public final class AccountEngine {

    private final LedgerLog ledgerLog;
    private final Snapshots snapshots;
    private final HoldPolicy policy;
    private final AccountCache cache;
    private final Repository<CreditAccount> repository;
    private final ParkedAccounts parkedAccounts = new ParkedAccounts();

    public AccountEngine(LedgerLog ledgerLog, Snapshots snapshots, HoldPolicy policy, int maxCachedAccounts) {
        this.ledgerLog = ledgerLog;
        this.snapshots = snapshots;
        this.policy = policy;
        this.cache = new AccountCache(maxCachedAccounts);
        var model = AnnotatedAggregateMetaModelFactory.inspectAggregate(CreditAccount.class);
        CachingEventSourcingRepository<CreditAccount> accounts = EventSourcingRepository.builder(CreditAccount.class)
                .aggregateModel(model)
                .eventStore(LedgerEventStore.over(new LedgerStorageEngine(ledgerLog, snapshots)))
                .aggregateFactory(new CreditAccountFactory(model))
                .lockFactory(NullLockFactory.INSTANCE)
                .cache(cache)
                .build();
        this.repository = accounts;
    }

    /**
     * Decides all of it and appends it. A record that cannot be decided for a reason of its own is parked, and so is
     * every later one of its account, until an operator lets the account go on; no other account waits.
     *
     * @throws LogUnavailableException if the database failed; nothing is appended then, as far as this side knows
     */
    public BatchOutcome run(List<ShardIntake> intakes) {
        var records =
                intakes.stream().flatMap(intake -> intake.records().stream()).toList();
        var readings = InParallel.map(records, Reading::of);
        return run(intakes, batch -> {
            for (var i = 0; i < records.size(); i++) {
                batch.take(records.get(i), readings.get(i));
            }
        });
    }

    /** Appends the intake of a record whose rows the database refused: it is parked undecided. */
    public BatchOutcome setAside(ShardIntake refused, String why) {
        return run(List.of(refused), batch -> refused.records().forEach(record -> batch.refuse(record, why)));
    }

    private BatchOutcome run(List<ShardIntake> intakes, Consumer<Batch> taken) {
        var root = DefaultUnitOfWork.startAndGet(null);
        var batch = new Batch(root, this::decide, ledgerLog, parkedAccounts);
        try {
            taken.accept(batch);
            root.onCommit(unit -> batch.append(intakes));
            root.commit();
        } catch (RuntimeException | Error e) {
            if (root.isActive()) {
                root.rollback(e);
            }
            cache.removeAll();
            throw e;
        }
        batch.failedAccounts().forEach(cache::remove);
        batch.takeSnapshots(snapshots);
        var outcome = batch.outcome();
        if (!outcome.fenced().isEmpty()) {
            cache.removeAll();
        }
        return outcome;
    }

    private Answer decide(Decide command) {
        return repository.load(command.accountId()).invoke(account -> account.decide(command, policy));
    }

    /** Takes shards on, also those it has already: whatever it believed of their accounts is read anew. */
    public void open(Collection<Integer> shards) throws SQLException {
        cache.removeAll();
        for (var shard : shards) {
            parkedAccounts.open(ledgerLog, shard);
        }
    }

    /** Lets shards go: after an ownership moved, what is at hand may be out of date. */
    public void close(Collection<Integer> shards) {
        cache.removeAll();
        parkedAccounts.close(shards);
    }

    /** Accounts of its shards that wait for an operator. */
    public int parkedAccounts() {
        return parkedAccounts.count();
    }
}
