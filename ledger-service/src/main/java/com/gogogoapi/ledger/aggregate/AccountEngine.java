package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.ledger.account.HoldPolicy;
import com.gogogoapi.ledger.log.LedgerLog;
import com.gogogoapi.ledger.log.LogUnavailableException;
import com.gogogoapi.ledger.snapshot.Snapshots;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.jspecify.annotations.Nullable;

/**
 * Decides batches, in Axon's own terms.
 *
 * <p>A batch is one root unit of work. Each command is dispatched into a unit of work nested in it, so that a command
 * which throws takes back only its own events; an account is loaded at most once a batch and usually not at all. The
 * root's commit writes every event and every consumed offset in one statement. If that fails, the root's rollback gives
 * up the accounts it touched.
 *
 * <p>One engine belongs to one worker thread, with its own command bus, repository and cache: a shard has one owner, so
 * nothing is shared and nothing is locked.
 */
public final class AccountEngine {

    private final LedgerLog ledgerLog;
    private final Snapshots snapshots;
    private final AccountCache cache;
    private final SimpleCommandBus commandBus;
    private final ParkedAccounts parkedAccounts = new ParkedAccounts();

    public AccountEngine(LedgerLog ledgerLog, Snapshots snapshots, HoldPolicy policy, int maxCachedAccounts) {
        this.ledgerLog = ledgerLog;
        this.snapshots = snapshots;
        this.cache = new AccountCache(maxCachedAccounts);
        var resolvers = MultiParameterResolverFactory.ordered(
                ClasspathParameterResolverFactory.forClass(CreditAccount.class),
                new SimpleResourceParameterResolverFactory(List.of(policy)));
        var model = AnnotatedAggregateMetaModelFactory.inspectAggregate(CreditAccount.class, resolvers);
        CachingEventSourcingRepository<CreditAccount> repository = EventSourcingRepository.builder(CreditAccount.class)
                .aggregateModel(model)
                .eventStore(LedgerEventStore.over(new LedgerStorageEngine(ledgerLog, snapshots)))
                .aggregateFactory(new CreditAccountFactory(model))
                .lockFactory(NullLockFactory.INSTANCE)
                .cache(cache)
                .build();
        var handler = AggregateAnnotationCommandHandler.<CreditAccount>builder()
                .aggregateModel(model)
                .parameterResolverFactory(resolvers)
                .repository(repository)
                .commandTargetResolver(AccountEngine::target)
                .build();
        this.commandBus = SimpleCommandBus.builder().build();
        handler.subscribe(commandBus);
    }

    /** Said outright: to look for annotations in every command took a sixth of all the time. */
    private static VersionedAggregateIdentifier target(CommandMessage<?> command) {
        return new VersionedAggregateIdentifier(((Decide) command.getPayload()).accountId(), null);
    }

    /**
     * Decides all of it and appends it. A record that cannot be decided for a reason of its own is parked, and so is
     * every later one of its account, until an operator lets the account go on; no other account waits.
     *
     * @throws LogUnavailableException if the database failed; nothing is appended then, as far as this side knows
     */
    public BatchOutcome run(List<ShardIntake> intakes) {
        return run(intakes, batch -> intakes.forEach(intake -> intake.records().forEach(batch::take)));
    }

    /** Appends the intake of a record whose rows the database refused: it is parked undecided. */
    public BatchOutcome setAside(ShardIntake refused, String why) {
        return run(List.of(refused), batch -> refused.records().forEach(record -> batch.refuse(record, why)));
    }

    private BatchOutcome run(List<ShardIntake> intakes, Consumer<Batch> taken) {
        var root = DefaultUnitOfWork.startAndGet(null);
        var batch = new Batch(root, this::dispatch, ledgerLog, parkedAccounts);
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

    private Answer dispatch(Decide command) {
        var reply = new Reply();
        commandBus.dispatch(new GenericCommandMessage<>(command), reply);
        return reply.answer();
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

    /** The command bus answers in the same thread. */
    private static final class Reply implements CommandCallback<Decide, Answer> {

        private @Nullable CommandResultMessage<? extends Answer> result;

        @Override
        public void onResult(
                CommandMessage<? extends Decide> command, CommandResultMessage<? extends Answer> commandResult) {
            result = commandResult;
        }

        Answer answer() {
            if (result == null) {
                throw new IllegalStateException("the command bus did not answer");
            }
            if (!result.isExceptional()) {
                return result.getPayload();
            }
            switch (result.exceptionResult()) {
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }
    }
}
